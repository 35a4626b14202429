import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** A command that ended with another exit code than 0, with everything it said. */
export class CommandFailed extends Error {
  /** @override */
  name = 'CommandFailed';

  /**
   * @param {string} command
   * @param {string} output
   */
  constructor(command, output) {
    super(`\`${command}\` failed:\n${lastLines(output)}`);
    this.output = output;
  }
}

/** How long an interrupted command may take to end before it is killed, in milliseconds. */
const GRACE_MS = 2000;

/**
 * Runs a command to its end and answers what it printed. It gets a process group of its own, so
 * that an interruption ends everything it started as well.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, signal: AbortSignal }} options
 * @returns {Promise<string>}
 */
export async function run(command, args, { cwd, signal }) {
  signal.throwIfAborted();
  const child = spawn(command, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const interrupt = () => void endGroup(child);
  signal.addEventListener('abort', interrupt);
  try {
    const { code, output } = await outcome(child);
    signal.throwIfAborted();
    if (code !== 0) throw new CommandFailed([command, ...args].join(' '), output);
    return output;
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}

/**
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} child
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function outcome(child) {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** @param {import('node:child_process').ChildProcess} child */
async function endGroup(child) {
  signalGroup(child, 'SIGTERM');
  await sleep(GRACE_MS, undefined, { ref: false });
  if (child.exitCode === null && child.signalCode === null) signalGroup(child, 'SIGKILL');
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  try {
    process.kill(-Number(child.pid), signal);
  } catch {
    // The group has ended by itself.
  }
}

/** @param {string} output */
function lastLines(output) {
  return output.trimEnd().split('\n').slice(-15).join('\n');
}
