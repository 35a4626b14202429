import { existsSync } from 'node:fs';
import { readFile, utimes } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isAlive } from '../support/isAlive.js';
import { eventually } from '../support/until.js';
import { Checkout } from './checkout.js';

let checkout: Checkout;

beforeEach(async () => {
  checkout = await Checkout.make();
});
afterEach(() => checkout.remove());

/** An npm that installs what the lock file says, and counts how often. */
const INSTALLS = `
  echo run >> "$COUNT"
  mkdir node_modules
  cp package-lock.json node_modules/.package-lock.json`;

/** An npm that has begun to install, and tells its process id. */
const NEVER_ENDS = 'mkdir node_modules && touch node_modules/half && echo $$ > "$COUNT"; sleep 60';

const begun = async () => {
  await eventually(() => expect(existsSync(checkout.path('count'))).toBe(true));
  return Number(await readFile(checkout.path('count'), 'utf8'));
};

const install = () => checkout.ensure(['nodePackages'], { COUNT: checkout.path('count') });

describe('the Node.js packages', () => {
  it('are installed once', async () => {
    await checkout.program('npm', INSTALLS);
    const first = await install().ended;
    const second = await install().ended;
    expect(first).toMatchObject({
      exitCode: 0,
      stderr: 'Installing the Node.js packages (npm ci).\n',
    });
    expect(second).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await checkout.made()).toEqual(['node_modules']);
  });

  it('are installed again when the lock file says something else', async () => {
    await checkout.program('npm', INSTALLS);
    await install().ended;
    const lock = await readFile(checkout.path('package-lock.json'), 'utf8');
    await checkout.write('package-lock.json', lock.replace(/"integrity": "sha512-./, '$&x'));
    expect((await install().ended).stderr).toContain('Installing');
  });

  it('are installed once by two set-ups at the same time', async () => {
    await checkout.program('npm', `sleep 0.5${INSTALLS}`);
    const both = await Promise.all([install().ended, install().ended]);
    expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(await readFile(checkout.path('count'), 'utf8')).toBe('run\n');
    expect(both.map(({ stderr }) => stderr).join('')).toContain('Waiting for another set-up');
    expect(await checkout.made()).toEqual(['node_modules']);
  });

  it('need a network, and say so', async () => {
    await checkout.program(
      'npm',
      'mkdir node_modules; echo "npm error code ENOTFOUND" >&2; exit 1',
    );
    const { exitCode, stderr } = await install().ended;
    expect(exitCode).toBe(1);
    expect(stderr).toContain('npm cannot reach its package registry. Connect to the network');
    expect(await checkout.made()).toEqual([]);
  });

  it('show what npm said when it fails for another reason', async () => {
    await checkout.program('npm', 'echo "npm error the lock file is broken" >&2; exit 1');
    const { exitCode, stderr } = await install().ended;
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/`npm ci .*` failed:\nnpm error the lock file is broken/);
  });

  it('need npm, and say so', async () => {
    const { exitCode, stderr } = await install().ended;
    expect(exitCode).toBe(1);
    expect(stderr).toContain('npm is not on the PATH.');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('leave nothing after %s', async (signal) => {
    await checkout.program('npm', NEVER_ENDS);
    const running = install();
    const npm = await begun();
    running.child.kill(signal);
    expect((await running.ended).exitCode).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(isAlive(npm)).toBe(false);
    expect(await checkout.made()).toEqual([]);
  });

  it('are repaired after a set-up that was killed', async () => {
    await checkout.program('npm', NEVER_ENDS);
    const killed = install();
    const npm = await begun();
    killed.child.kill('SIGKILL');
    process.kill(-npm, 'SIGKILL');
    await killed.ended;
    expect(await checkout.made()).not.toEqual([]);

    const longAgo = new Date(0);
    await utimes(checkout.path('.local/setting-up'), longAgo, longAgo);
    await checkout.program('npm', INSTALLS);
    expect((await install().ended).exitCode).toBe(0);
    expect(await checkout.made()).toEqual(['node_modules']);
  });
});
