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
  // One more than the cores that are counted on: tests mostly wait for servers.
  maxWorkers: 3,
  testTimeout: 60_000,
  testSequencer: '<rootDir>/test/jest/sequencer.js',
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
