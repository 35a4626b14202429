import { root } from './paths.js';
import { Problem } from './problem.js';
import { run } from './run.js';
import { isOlder } from './versions.js';

/** The oldest Python that the emulator runs on. */
const OLDEST_PYTHON = '3.10';

/** @param {AbortSignal} signal */
export async function checkPython(signal) {
  const version = await python('import platform; print(platform.python_version())', signal);
  if (!version) {
    throw new Problem(
      'Python 3 is not on the PATH, and the local AWS emulator needs it. Install it ' +
        '(Debian: `apt install python3 python3-venv`, macOS: `brew install python`), then try again.',
    );
  }
  if (isOlder(version.trim(), OLDEST_PYTHON)) {
    throw new Problem(
      `The local AWS emulator needs Python ${OLDEST_PYTHON} or later, and python3 is ` +
        `${version.trim()}. Put a newer one first on the PATH, then try again.`,
    );
  }
  if ((await python('import venv, ensurepip', signal)) === undefined) {
    throw new Problem(
      'This Python cannot make virtual environments. Install what it lacks ' +
        '(Debian: `apt install python3-venv`), then try again.',
    );
  }
}

/**
 * What the program prints, or undefined where it cannot run.
 *
 * @param {string} program
 * @param {AbortSignal} signal
 */
function python(program, signal) {
  return run('python3', ['-c', program], { cwd: root, signal }).catch(() => undefined);
}
