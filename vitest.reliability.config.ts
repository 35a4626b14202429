import { defineConfig } from 'vitest/config';

/** The tables of docs/reliability.md, which take too long for every test run: `npm run reliability`. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 1,
    maxConcurrency: 10,
    testTimeout: 4 * 60_000,
    hookTimeout: 60_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    include: ['test/reliability/**/*.reliability.ts'],
    globalSetup: 'test/support/globalSetup.ts',
    reporters: ['default', './test/reliability/tableReporter.ts'],
  },
});
