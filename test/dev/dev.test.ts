import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { root } from '../../dev/setup/paths.js';
import { answers } from '../../dev/stack/answers.js';

/** `npm run dev`, when everything is set up. */
function dev(...args: string[]) {
  return spawn(process.execPath, ['--import', 'tsx', 'dev/dev.ts', ...args], { cwd: root });
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
    [['--prot', '7233'], "Unknown option '--prot'"],
  ])('refuses %j', async (args, message) => {
    const running = dev(...args);
    expect(await textOf(running.stderr, /\n/)).toContain(message);
    expect(await once(running, 'exit')).toEqual([1, null]);
  });
});
