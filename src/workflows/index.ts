export { sluiceDeployment } from './deployment.js';
export { sluiceTarget } from './target.js';
export { sluiceQueue } from './queue/queue.js';
