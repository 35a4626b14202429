export { sluiceDeployment } from './deployment.js';
export { sluiceTarget } from './target.js';
