import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { root } from '../../dev/setup/paths.js';
import { eventually } from '../support/until.js';

/** `npm run demo`, and what it has printed so far. */
function startDemo() {
  const demo = spawn(process.execPath, ['--import', 'tsx', 'dev/demo.ts'], { cwd: root });
  const output = { text: '' };
  for (const stream of [demo.stdout, demo.stderr]) {
    stream.on('data', (part: Buffer) => (output.text += part.toString()));
  }
  return { demo, output };
}

/** The demo, once it watches its first deployment. */
async function watchingDemo() {
  const started = startDemo();
  await eventually(() => expect(started.output.text).toContain('  workflow '));
  return started;
}

describe('npm run demo', () => {
  it('tells its whole story, with a canary that is approved and one that is rejected', async () => {
    const { demo, output } = startDemo();
    const ended: unknown = await once(demo, 'close');
    expect({ ended, output }).toEqual({ ended: [0, null], output });
    const lines = output.text.split('\n');
    const said = (pattern: RegExp) => lines.filter((line) => pattern.test(line));
    expect(said(/^\d\. /)).toHaveLength(7);
    expect(said(/200 invocations: \d+ by version 2, \d+ by version 3$/)).toHaveLength(1);
    expect(said(/200 invocations: \d+ by version 3, \d+ by version 4$/)).toHaveLength(1);
    // After the approval all of it is on the new version; after the rejection it is still there.
    expect(said(/200 invocations: 200 by version 3$/)).toHaveLength(2);
    expect(said(/^\$ temporal workflow signal .* --name (approve|reject) /)).toHaveLength(3);
    expect(
      said(/^ {2}Asked: \/(integration-tests|audit-analysis|security-scans) for /),
    ).toHaveLength(3);
    expect(said(/ answers \{"text": ?"Hello from us-west-2"\}$/)).toHaveLength(5);
    expect(said(/production\/steps\/2 was rejected by alice/)).toHaveLength(1);
  }, 180_000);

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
