export { sluiceDeployment } from './deployment.js';
export { sluicePreflight } from './preflight.js';
export { sluicePreflightPage } from './preflightPage.js';
export { sluiceTarget } from './target.js';
export { sluiceQueue } from './queue/queue.js';
