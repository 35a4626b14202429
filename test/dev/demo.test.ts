import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { root } from '../../dev/setup/paths.js';

/** `npm run demo`, until it watches its first deployment. */
async function watchingDemo() {
  const demo = spawn(process.execPath, ['--import', 'tsx', 'dev/demo.ts'], { cwd: root });
  const output = { text: '' };
  for (const stream of [demo.stdout, demo.stderr]) {
    stream.on('data', (part: Buffer) => (output.text += part.toString()));
  }
  await expect.poll(() => output.text, { timeout: 30_000 }).toContain('  workflow ');
  return { demo, output };
}

describe('npm run demo', () => {
  it('says no more than that it stopped when it is interrupted', async () => {
    const { demo, output } = await watchingDemo();
    const before = output.text;
    demo.kill('SIGINT');
    demo.kill('SIGINT'); // As npm does, beside the terminal.
    expect(await once(demo, 'close')).toEqual([130, null]);
    const told = output.text.slice(before.length);
    expect(told).toMatch(/\nStopped\.\n$/);
    expect(told).not.toMatch(/no longer|cannot be reached|2\. /);
  }, 60_000);

  it('takes the command that watches with it when it is killed', async () => {
    const { demo } = await watchingDemo();
    demo.kill('SIGKILL');
    // The command writes to the same pipe, which is open for as long as the command runs.
    expect(await once(demo, 'close', { signal: AbortSignal.timeout(10_000) })).toBeDefined();
  }, 60_000);
});
