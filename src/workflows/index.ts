export { sluiceDeployment } from './deployment/deployment.js';
export { sluicePreflight } from './preflight/preflight.js';
export { sluicePreflightPage } from './preflight/page.js';
export { sluiceTarget } from './target/target.js';
export { sluiceQueue } from './queue/queue.js';
