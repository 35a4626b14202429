import { defineConfig } from 'vitest/config';

/** Whole ways through the product with real processes, which take long together: `npm run e2e`. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    include: ['test/**/*.e2e.ts'],
    globalSetup: 'test/support/globalSetup.ts',
  },
});
