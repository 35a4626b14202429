import { Problem } from './messages.js';

/** The oldest Node.js that a checkout works with, and the oldest that the tests and ESLint run on. */
export const OLDEST_NODE = '20.12';
export const OLDEST_NODE_FOR_TESTS = '20.19';

/**
 * @param {string} oldest
 * @param {string} version
 */
export function checkNodeVersion(oldest, version = process.versions.node) {
  if (!isOlder(version, oldest)) return;
  throw new Problem(
    `This command needs Node.js ${oldest} or later, and this is ${version}. ` +
      'Install a newer one (with nvm: `nvm install`), then run the command again.',
  );
}

/**
 * @param {string} version such as `20.9.1`
 * @param {string} oldest such as `20.10`
 */
export function isOlder(version, oldest) {
  return version.localeCompare(oldest, 'en', { numeric: true }) < 0;
}
