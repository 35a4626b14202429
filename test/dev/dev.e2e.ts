import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { root } from '../../dev/setup/paths.js';
import { blocksOf } from '../docs/support/blocks.js';
import { until } from '../support/until.js';

/** What README.md says to run in one shell, and then in another. */
function commands(): [start: string, deploy: string] {
  const block = blocksOf('README.md').find(({ text }) => text.startsWith('npm run dev'));
  const [start = '', deploy = ''] = block?.text.replaceAll(/ *#.*/g, '').split('\n') ?? [];
  return [start, deploy];
}

it('npm run dev prints with what another shell deploys an example', async () => {
  const [start, deploy] = commands();
  const running = spawn('sh', ['-c', `exec ${start}`], { cwd: root });
  let printed = '';
  running.stdout.on('data', (part: Buffer) => (printed += part.toString()));
  try {
    await until('it had said what to paste', () => printed.includes(deploy) || undefined);
    const pasted = printed.split('\n').filter((line) => line.startsWith('  export '));
    const shell = ['-ec', [...pasted, deploy].join('\n')];
    const { stdout } = await promisify(execFile)('sh', shell, { cwd: root });
    expect(stdout).toContain('1 deployed');
  } finally {
    running.kill('SIGTERM');
    await once(running, 'exit');
  }
}, 150_000);
