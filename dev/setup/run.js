import { spawn } from 'node:child_process';
import { Problem } from './messages.js';
import { root } from './paths.js';

/** Ends what the set-up runs, and the set-up. Its reason is the exit code. */
export const interruption = new AbortController();

/**
 * Runs a command to its end and answers what it printed.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} options
 * @param {string} [options.cwd]
 * @param {[RegExp, string][]} [options.meanings] what to tell the person when it fails saying this
 */
export async function run(command, args, { cwd = root, meanings = [] } = {}) {
  const { signal } = interruption;
  signal.throwIfAborted();
  // In a process group of its own, so that an interruption ends everything it started as well.
  const child = spawn(command, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  const interrupt = () => killGroup(child.pid);
  signal.addEventListener('abort', interrupt);
  const code = await new Promise((resolve) => {
    child.on('error', (error) => resolve((output = error.message)));
    child.on('close', resolve);
  });
  signal.removeEventListener('abort', interrupt);
  signal.throwIfAborted();
  if (code === 0) return output;
  const [, meaning] = meanings.find(([said]) => said.test(output)) ?? [];
  const lastLines = output.trimEnd().split('\n').slice(-15).join('\n');
  throw new Problem(meaning ?? `\`${command} ${args.join(' ')}\` failed:\n${lastLines}`);
}

/** @param {number | undefined} pid */
function killGroup(pid) {
  try {
    process.kill(-Number(pid), 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
