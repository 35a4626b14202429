import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { Account } from './account.js';
import { emulatorFolder, python, startEmulator, type Emulator } from './startEmulator.js';

let emulator: Emulator | undefined;
afterEach(() => emulator?.stop());

it.each(['SIGTERM', 'SIGINT'] as const)(
  'stops at once on %s, with all it started',
  async (signal) => {
    emulator = await startEmulator();
    const account = new Account(emulator.endpoint);
    await account.createReady();
    await account.invoke();
    await account.updateReady('two');
    await account.invoke();
    const workers = childrenOf(emulator.process.pid);
    expect(workers.length).toBeGreaterThan(0);
    const ended = once(emulator.process, 'exit');
    const began = Date.now();
    emulator.process.kill(signal);
    expect(await ended).toEqual([0, null]);
    expect(Date.now() - began).toBeLessThan(2500);
    expect(workers.filter(isRunning)).toEqual([]);
  },
);

it('refuses a ministack it does not know', () => {
  const start = (change: string) =>
    spawnSync(
      python,
      ['-c', `import sys\nsys.path.insert(0, ${JSON.stringify(emulatorFolder)})\n${change}`],
      {
        encoding: 'utf8',
      },
    ).stderr;
  const refuse = 'known_ministack.refuse_unknown()';
  const otherVersion = `import known_ministack\nknown_ministack.VERSION = '1.0.0'\n${refuse}`;
  expect(start(otherVersion)).toContain('knows ministack 1.0.0, and 1.5.33 is installed');
  const changed = `import known_ministack\nknown_ministack.FUNCTIONS['sts.handle_request'] = 'other'\n${refuse}`;
  expect(start(changed)).toContain('sts.handle_request does not take (other)');
  const missing = `import known_ministack\nknown_ministack.FUNCTIONS['sts.missing'] = ''\n${refuse}`;
  expect(start(missing)).toContain('This ministack has no sts.missing');
});

it('says what is wrong with a setting', () => {
  const run = (env: Record<string, string>) =>
    spawnSync(python, [emulatorFolder], { env: { ...process.env, ...env }, encoding: 'utf8' });
  const rate = run({ SLUICE_EMULATOR_RATE: 'fast' });
  expect(rate.status).toBe(1);
  expect(rate.stderr).toBe('SLUICE_EMULATOR_RATE is fast, which is not a number above zero.\n');
  expect(run({ SLUICE_EMULATOR_TODAY: 'soon' }).stderr).toContain('not a date');
});

it('says so when its port is taken', async () => {
  emulator = await startEmulator();
  const port = new URL(emulator.endpoint).port;
  const second = execFile(python, [emulatorFolder], {
    env: { ...process.env, GATEWAY_PORT: port },
  });
  let told = '';
  second.stderr?.on('data', (text: string) => (told += text));
  expect((await once(second, 'exit'))[0]).toBe(1);
  expect(told).toContain(`Cannot listen on 127.0.0.1:${port}`);
});

function childrenOf(pid: number | undefined): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = table
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number));
  return rows.filter(([, parent]) => parent === pid).map(([child]) => child ?? 0);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
