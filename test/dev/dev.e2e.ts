import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { root } from '../../dev/setup/paths.js';
import { answers } from '../../dev/stack/answers.js';
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

/** `npm run dev`, when everything is set up. */
function dev(args: string[] = [], env: NodeJS.ProcessEnv = {}) {
  return spawn(process.execPath, ['--import', 'tsx', 'dev/dev.ts', ...args], {
    cwd: root,
    env: { ...process.env, ...env },
  });
}

async function textOf(stream: NodeJS.ReadableStream, until: RegExp): Promise<string> {
  let text = '';
  for await (const part of stream) {
    text += String(part);
    if (until.test(text)) break;
  }
  return text;
}

describe('npm run dev', () => {
  it('says how to use the stack, and stops it at the first Ctrl-C', async () => {
    const running = dev();
    const text = await textOf(running.stdout, /--watch/);
    expect(text).toContain('./bin/sluice deploy start -f examples/basic.yaml --watch');
    const ui = /Temporal UI +(\S+)/.exec(text)?.[1] ?? '';
    expect(await answers(ui)).toBe(true);

    running.kill('SIGINT');
    expect(await once(running, 'exit')).toEqual([0, null]);
    expect(await answers(ui)).toBe(false);
  });

  it('can be stopped before it has started', async () => {
    const running = dev();
    await textOf(running.stdout, /Starting/);
    running.kill('SIGINT');
    expect(await once(running, 'exit')).toEqual([0, null]);
  });

  it.each([
    [['--port', '70000'], '70000 is not a port. Give a number between 1 and 65535.'],
    [['--prot', '7233'], "Unknown option '--prot'."],
    [['7233'], "Unexpected argument '7233'."],
  ])('refuses %j', async (args, message) => {
    const running = dev(args);
    const [text, exit] = await Promise.all([
      textOf(running.stderr, /--help/),
      once(running, 'exit'),
    ]);
    expect(text).toContain(`${message}\n\nUsage: npm run dev`);
    expect(exit).toEqual([2, null]);
  });

  it('explains itself', async () => {
    const running = dev(['--help']);
    const [text, exit] = await Promise.all([
      textOf(running.stdout, /--help/),
      once(running, 'exit'),
    ]);
    expect(text).toContain('Usage: npm run dev');
    expect(exit).toEqual([0, null]);
  });

  it('refuses the AWS endpoint of a stack that has ended', async () => {
    const running = dev([], { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
    const [text] = await Promise.all([textOf(running.stderr, /\n/), once(running, 'exit')]);
    expect(text).toBe(
      'AWS_ENDPOINT_URL names http://127.0.0.1:9, where nothing answers. ' +
        "Unset it to have the project's own emulator started.\n",
    );
  });

  it('ends with npm', async () => {
    const npm = spawn('npm', ['run', 'dev'], { cwd: root });
    const text = await textOf(npm.stdout, /--watch/);
    const ui = /Temporal UI +(\S+)/.exec(text)?.[1] ?? '';
    npm.kill('SIGTERM');
    await once(npm, 'exit');
    expect(await answers(ui)).toBe(false);
  }, 60_000);
});
