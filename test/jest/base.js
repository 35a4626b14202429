import { root } from '../../dev/setup/paths.js';

// The AWS SDK runs on Node.js 20, and warns at every start that its releases of 2027 will not.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/**
 * What all tests have in common. They run as what they are, ES modules, of which only the types are
 * taken off.
 *
 * @type {import('jest').Config}
 */
export const base = {
  rootDir: root,
  testEnvironment: '<rootDir>/test/jest/environment.js',
  setupFilesAfterEnv: ['<rootDir>/test/jest/matchers.ts'],
  restoreMocks: true,
  extensionsToTreatAsEsm: ['.ts'],
  // As in TypeScript, `./name.js` is name.ts where there is one.
  moduleFileExtensions: ['ts', 'js', 'json', 'node'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  roots: ['<rootDir>/src', '<rootDir>/dev', '<rootDir>/test'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } } }],
  },
};

/**
 * For tests that need Temporal, the emulator of AWS and the bundle of the workflows.
 *
 * @type {import('jest').Config}
 */
export const withServers = {
  ...base,
  globalSetup: '<rootDir>/test/jest/globalSetup.js',
  globalTeardown: '<rootDir>/test/jest/globalTeardown.js',
};
