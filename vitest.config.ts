import { defineConfig } from 'vitest/config';

/** Folders whose tests need no running servers, or start their own. */
const alone = [
  'callbacks',
  'config',
  'dev',
  'docker',
  'docs',
  'domain',
  'emulator',
  'lint',
  'process',
  'roles',
  'settings',
];
const aloneFiles = alone.map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    projects: [
      {
        extends: true,
        test: { name: 'alone', include: aloneFiles },
      },
      {
        extends: true,
        test: {
          name: 'with servers',
          include: ['test/**/*.test.ts'],
          exclude: aloneFiles,
          globalSetup: 'test/support/globalSetup.ts',
        },
      },
    ],
  },
});
