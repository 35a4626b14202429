import { withServers } from './base.js';

/**
 * The tables of docs/reliability.md, which take too long for every test run: `npm run reliability`.
 *
 * @type {import('jest').Config}
 */
export default {
  ...withServers,
  testMatch: ['<rootDir>/test/reliability/**/*.reliability.ts'],
  reporters: ['default', '<rootDir>/test/reliability/tableReporter.js'],
  maxWorkers: 1,
  maxConcurrency: 10,
  testTimeout: 4 * 60_000,
};
