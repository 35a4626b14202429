import { withServers } from './base.js';

/**
 * Whole ways through the product with real processes, which take long together: `npm run e2e`.
 *
 * @type {import('jest').Config}
 */
export default {
  ...withServers,
  testMatch: ['<rootDir>/test/**/*.e2e.ts'],
  maxWorkers: 2,
  testTimeout: 60_000,
};
