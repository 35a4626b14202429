/**
 * What a part of src/ may import: other parts, the types of further parts, and packages. A `*` at
 * the end of a package's name stands for any rest.
 *
 * @typedef {object} Directions
 * @property {string[]} parts
 * @property {string[]} [types] parts that it may import with `import type` alone
 * @property {string[]} packages
 */

/**
 * Imports go one way: from the command line towards the domain, which imports nothing. Workflows
 * run in Temporal's sandbox, so they get neither Node.js nor what is slow to load there. Folders
 * beside src/ are free to import everything, and src/ nothing of them.
 *
 * @type {Record<string, Directions>}
 */
export const directions = {
  domain: { parts: [], packages: [] },
  config: { parts: ['domain'], packages: ['yaml', 'zod', 'node:*'] },
  fields: { parts: [], packages: ['zod'] },
  metrics: {
    parts: ['domain', 'fields'],
    packages: ['@aws-sdk/client-cloudwatch', '@temporalio/common', 'zod'],
  },
  workflows: {
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
    parts: ['domain', 'settings'],
    packages: ['@aws-sdk/client-cloudformation', '@aws-sdk/client-sts', 'yaml', 'node:*'],
  },
  settings: {
    parts: ['domain', 'fields', 'metrics'],
    packages: ['yaml', 'zod', '@temporalio/envconfig', 'node:*'],
  },
  process: { parts: ['settings'], packages: ['@temporalio/common', 'node:*'] },
  client: {
    parts: ['domain', 'config', 'settings'],
    packages: ['@temporalio/client', '@temporalio/common', '@temporalio/envconfig', 'node:*'],
  },
  worker: {
    parts: ['domain', 'config', 'settings', 'callbacks', 'process', 'activities'],
    packages: ['@temporalio/*', 'node:*'],
  },
  agent: { parts: ['domain', 'settings', 'worker'], packages: [] },
  local: {
    parts: ['settings', 'worker'],
    packages: ['@temporalio/client', 'node:*'],
  },
  gateway: {
    parts: ['domain', 'config', 'settings', 'callbacks', 'process', 'client'],
    packages: ['@temporalio/*', 'fastify', '@fastify/rate-limit', 'prom-client', 'node:*'],
  },
  cli: {
    parts: [
      ...['domain', 'config', 'settings', 'client', 'roles'],
      ...['metrics', 'activities', 'worker', 'agent', 'gateway', 'local'],
    ],
    packages: ['commander', 'yaml', '@temporalio/common', 'node:*'],
  },
  action: {
    parts: ['domain', 'config', 'settings', 'process', 'client', 'cli'],
    packages: ['node:*'],
  },
};
