import { Problem } from './problem.js';
import { CommandFailed, run } from './run.js';

/** Without a network npm tries for more than a minute, unless it is told to try faster. */
const NPM_CI = ['ci', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];

/**
 * Installs what the lock file in a folder says.
 *
 * @param {string} folder
 * @param {AbortSignal} signal
 * @param {string[]} options more for npm
 */
export async function npmCi(folder, signal, options = []) {
  await run('npm', [...NPM_CI, ...options], { cwd: folder, signal }).catch(explain);
}

/**
 * @param {unknown} error
 * @returns {never}
 */
function explain(error) {
  if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') {
    throw new Problem(
      'npm is not on the PATH. It comes with Node.js: install both, then try again.',
    );
  }
  if (error instanceof CommandFailed && isOffline(error.output)) {
    throw new Problem(
      'npm cannot reach its package registry. Connect to the network ' +
        '(behind a proxy: `npm config set proxy <url>`), then run the command again.',
    );
  }
  throw error;
}

/** @param {string} output */
function isOffline(output) {
  return /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH/.test(
    output,
  );
}
