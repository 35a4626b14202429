/**
 * What a part of src/ may import: other parts, the types of further parts, and packages. A `*` at
 * the end of a package's name stands for any rest.
 *
 * @typedef {object} Directions
 * @property {string[]} parts
 * @property {string[]} [types] parts that it may import with `import type` alone
 * @property {string[]} packages
 * @property {string[]} [rooms] its folders and the files beside them, from above to below: each may
 *   import itself and those after it, and all must be there
 */

/**
 * Imports go one way: from the command line towards the domain and the errors, which import
 * nothing. Workflows run in Temporal's sandbox, so they get neither Node.js nor what is slow to
 * load there. Folders beside src/ are free to import everything, and src/ nothing of them.
 *
 * @type {Record<string, Directions>}
 */
export const directions = {
  domain: { parts: [], packages: [] },
  errors: { parts: [], packages: [] },
  config: { parts: ['domain'], packages: ['string-width', 'yaml', 'zod', 'node:*'] },
  fields: { parts: [], packages: ['zod'] },
  metrics: {
    parts: ['domain', 'fields'],
    packages: ['@aws-sdk/client-cloudwatch', '@temporalio/common', 'zod'],
  },
  workflows: {
    rooms: [
      ...['index', 'queue', 'preflight', 'deployment', 'target', 'steps', 'rollback'],
      ...['function', 'state', 'sources', 'temporal'],
    ],
    parts: ['domain'],
    types: ['activities'],
    packages: ['@temporalio/workflow', '@temporalio/common'],
  },
  callbacks: { parts: ['domain'], packages: ['jose', 'node:*'] },
  activities: {
    parts: ['domain', 'callbacks', 'metrics'],
    packages: ['@aws-sdk/*', '@temporalio/activity', '@temporalio/common', 'node:*'],
  },
  roles: {
    parts: ['domain', 'errors'],
    packages: ['@aws-sdk/client-cloudformation', '@aws-sdk/client-sts', 'yaml', 'node:*'],
  },
  settings: {
    parts: ['domain', 'errors', 'fields', 'metrics'],
    packages: ['yaml', 'zod', '@temporalio/envconfig', 'node:*'],
  },
  process: { parts: ['domain', 'errors', 'settings'], packages: ['@temporalio/common', 'node:*'] },
  client: {
    parts: ['domain', 'errors', 'config', 'settings'],
    packages: ['@temporalio/client', '@temporalio/common', '@temporalio/envconfig', 'node:*'],
  },
  worker: {
    parts: ['domain', 'errors', 'config', 'settings', 'callbacks', 'process', 'activities'],
    packages: ['@temporalio/*', 'node:*'],
  },
  agent: { parts: ['domain', 'errors', 'settings', 'worker'], packages: [] },
  local: {
    parts: ['errors', 'settings', 'worker'],
    packages: ['@temporalio/client', 'node:*'],
  },
  gateway: {
    parts: ['domain', 'errors', 'config', 'settings', 'callbacks', 'process', 'client'],
    packages: ['@temporalio/*', 'fastify', '@fastify/rate-limit', 'prom-client', 'node:*'],
  },
  cli: {
    parts: [
      ...['domain', 'errors', 'config', 'settings', 'client', 'roles'],
      ...['metrics', 'activities', 'worker', 'agent', 'gateway', 'local'],
    ],
    packages: ['commander', 'string-width', 'yaml', '@temporalio/common', 'node:*'],
  },
  action: {
    parts: ['domain', 'errors', 'config', 'settings', 'process', 'client', 'cli'],
    packages: ['node:*'],
  },
};
