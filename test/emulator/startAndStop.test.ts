import { type ChildProcess, execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from '@jest/globals';
import { executable, tools } from '../../dev/setup/tools.js';
import { answers } from '../../dev/stack/answers.js';
import { LOOPBACK, portOrFree } from '../../src/local/ports.js';
import { eventually } from '../support/until.js';
import { Account } from './account.js';

const python = executable(tools.emulatorPython);
const emulatorFolder = fileURLToPath(new URL('../../dev/emulator', import.meta.url));

let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill('SIGKILL');
});

/** Starts the emulator alone, without the local stack that would tidy up after it. */
async function startAlone(): Promise<{ endpoint: string; process: ChildProcess }> {
  const port = await portOrFree(undefined, 'the AWS emulator');
  const endpoint = `http://${LOOPBACK}:${port}`;
  const env = { ...process.env, SLUICE_EMULATOR_UPDATE_MS: '100', GATEWAY_PORT: String(port) };
  child = spawn(python, [emulatorFolder], { env, stdio: 'ignore' });
  await eventually(async () => expect(await answers(`${endpoint}/_ministack/health`)).toBe(true));
  return { endpoint, process: child };
}

it.each(['SIGTERM', 'SIGINT'] as const)('stops on %s, with all it started', async (signal) => {
  const emulator = await startAlone();
  const account = new Account(emulator.endpoint);
  await account.createReady();
  await account.invoke();
  await account.updateReady('two');
  await account.invoke();
  const workers = childrenOf(emulator.process.pid);
  expect(workers.length).toBeGreaterThan(0);
  const ended = once(emulator.process, 'exit');
  emulator.process.kill(signal);
  expect(await ended).toEqual([0, null]);
  expect(workers.filter(isRunning)).toEqual([]);
});

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
  const emulator = await startAlone();
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
