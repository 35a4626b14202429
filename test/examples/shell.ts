import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { inject } from 'vitest';
import { root } from '../../dev/setup/paths.js';
import { executable, tools } from '../../dev/setup/tools.js';

export interface Ran {
  exitCode: number;
  stdout: string;
  stderr: string;
}

interface Place {
  /** Where the commands run. */
  folder: string;
  namespace: string;
}

/** Runs commands as a person's shell does, who has `sluice` and `temporal` on the PATH. */
export async function runInShell(commands: string, { folder, namespace }: Place): Promise<Ran> {
  const programs = [join(root, 'bin'), dirname(executable(tools.temporalServer))];
  const child = spawn('sh', ['-ec', commands], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: [...programs, process.env['PATH']].join(':'),
      HOME: folder,
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TEMPORAL_NAMESPACE: namespace,
    },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [exitCode] = (await once(child, 'close')) as [number];
  return { exitCode, stdout, stderr };
}
