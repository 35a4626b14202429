import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { root } from '../../dev/setup/paths.js';
import { executable, tools } from '../../dev/setup/tools.js';
import { shared } from './shared.js';

export interface Ran {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Where commands run, and what they know. */
export interface Place {
  folder: string;
  namespace: string;
  /** More for their environment. */
  environment?: Record<string, string>;
}

/** Runs commands as a person's shell does, who has `sluice` and `temporal` on the PATH. */
export async function runInShell(commands: string, place: Place): Promise<Ran> {
  const shell = start(commands, place);
  return { exitCode: await shell.exit, ...shell.said };
}

/** Runs a command that serves until it is stopped, and stops it when it has said something. */
export async function serveInShell(command: string, said: RegExp, place: Place): Promise<Ran> {
  const { child, said: output, exit } = start(`exec env ${command}`, place);
  const stopped = new Promise<void>((resolve) => {
    child.stderr?.on('data', () => {
      if (said.test(output.stderr)) resolve();
    });
  });
  await Promise.race([stopped, exit]);
  child.kill('SIGTERM');
  return { exitCode: await exit, ...output };
}

interface Shell {
  child: ChildProcess;
  said: { stdout: string; stderr: string };
  exit: Promise<number | null>;
}

function start(commands: string, { folder, namespace, environment }: Place): Shell {
  const programs = [join(root, 'bin'), dirname(executable(tools.temporalServer))];
  const child = spawn('sh', ['-ec', commands], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: [...programs, process.env['PATH']].join(':'),
      HOME: folder,
      TEMPORAL_ADDRESS: shared.temporalAddress,
      TEMPORAL_NAMESPACE: namespace,
      ...environment,
    },
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  return { child, said, exit: once(child, 'close').then(([code]) => code as number | null) };
}
