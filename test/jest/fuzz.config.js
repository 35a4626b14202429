import { base } from './base.js';

/**
 * What takes too long for every test run: `npm run fuzz`.
 *
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: ['<rootDir>/test/fuzz/**/*.fuzz.ts'],
  maxWorkers: 2,
  testTimeout: 15 * 60_000,
};
