import { withServers } from './base.js';

/**
 * What may differ between releases of Node.js, in a minute: requests, files, text, signals, and a
 * worker that deploys. `npm run test:nodes` runs it on each of them.
 *
 * @type {import('jest').Config}
 */
export default {
  ...withServers,
  testMatch: [
    ...['callbacks', 'domain', 'gateway', 'metrics', 'process', 'settings'].map(
      (folder) => `<rootDir>/test/${folder}/**/*.test.ts`,
    ),
    ...['cli/commands', 'cli/golden', 'cli/terminal', 'config/parsed', 'config/render'].map(
      (file) => `<rootDir>/test/${file}.test.ts`,
    ),
    '<rootDir>/test/e2e/deploying.test.ts',
  ],
  maxWorkers: 3,
  testTimeout: 60_000,
};
