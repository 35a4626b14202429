import { base, withServers } from './test/jest/base.js';

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

/** @type {import('jest').Config} */
export default {
  maxWorkers: 2,
  testTimeout: 60_000,
  projects: [
    {
      ...base,
      displayName: 'alone',
      testMatch: alone.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
    },
    {
      ...withServers,
      displayName: 'with servers',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: alone.map((folder) => `<rootDir>/test/${folder}/`),
    },
  ],
};
