import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { root } from '../../dev/setup/paths.js';
import { executable, tools, venv } from '../../dev/setup/tools.js';
import { answers } from '../../dev/stack/answers.js';
import { portOrFree } from '../../src/local/ports.js';
import { AwsPlace, workerAwsEnvironment } from '../support/awsPlace.js';
import { deploymentFile } from '../support/deploymentFile.js';
import { isAlive } from '../support/isAlive.js';
import { uniqueName } from '../support/names.js';
import { until } from '../support/until.js';
import { CommandProcess } from './commandProcess.js';

let folder: string;
/** A `temporal` that writes its process id into a file. */
let temporal: string;
let pidFile: string;
let running: CommandProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-test-'));
  temporal = join(folder, 'temporal');
  pidFile = join(folder, 'pid');
  const script = `echo $$ > '${pidFile}'\nexec '${executable(tools.temporalServer)}' "$@"`;
  await writeFile(temporal, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
});
afterEach(async () => {
  for (const command of running) command.signal('SIGKILL');
  await Promise.all(running.map(({ exit }) => exit));
  running = [];
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Of the server that was started last. */
async function serverPid(): Promise<number | undefined> {
  const text = await readFile(pidFile, 'utf8').catch(() => '');
  return Number(text) || undefined;
}

function dev(args: string[] = [], environment: Record<string, string> = {}): CommandProcess {
  const command = new CommandProcess(['dev', ...args], {
    ...workerAwsEnvironment(),
    SLUICE_TEMPORAL: temporal,
    ...environment,
  });
  running.push(command);
  return command;
}

/** What it says to paste into another shell. */
async function exported(command: CommandProcess): Promise<Record<string, string>> {
  await command.says('--watch');
  const [, line = ''] = /^ *export (.*)$/m.exec(command.stdout) ?? [];
  return Object.fromEntries(line.split(' ').map((pair) => pair.split('=') as [string, string]));
}

function portOf({ TEMPORAL_ADDRESS = '' }: Record<string, string>): number {
  return Number(TEMPORAL_ADDRESS.replace('127.0.0.1:', ''));
}

async function isFree(port: number): Promise<true | undefined> {
  return portOrFree(port, 'a test').then(
    () => true,
    () => undefined,
  );
}

describe('sluice dev', () => {
  it('deploys what is started with the variables that it prints, until Ctrl-C', async () => {
    const file = join(folder, 'deploy.yaml');
    const place = await AwsPlace.make();
    const functionName = uniqueName('orders');
    await place.put(`${functionName}.zip`, 'first');
    const target = { name: 'prod', place, functionName };
    const application = uniqueName('shop');
    await writeFile(file, deploymentFile(application, [target]));
    const elsewhere = { TEMPORAL_ADDRESS: 'production.example:7233', TEMPORAL_NAMESPACE: 'shop' };
    const keeping = ['--db-filename', join(folder, 'deployments.db')];
    const command = dev(keeping, elsewhere);
    const variables = await exported(command);

    const start = ['deploy', 'start', '-f', file, '--watch', '-o', 'json'];
    const deployment = new CommandProcess(start, variables);
    expect([await deployment.exit, deployment.stderr]).toEqual([0, '']);
    expect(await place.holds(functionName)).toBeDefined();
    expect(deployment.stdout).toContain(`${variables['SLUICE_UI_URL']}/namespaces/default/`);
    expect(await answers(variables['SLUICE_UI_URL'] ?? '')).toBe(true);

    command.signal('SIGINT');
    expect(await command.exit).toBe(0);
    expect(await isFree(portOf(variables))).toBe(true);

    const again = await exported(dev(keeping));
    const history = new CommandProcess(['deploy', 'history', '-n', application], again);
    expect(await history.exit).toBe(0);
    expect(history.stdout).toContain('succeeded');
  });

  it('listens at the ports it is given, or says that one is taken', async () => {
    const port = await portOrFree(undefined, 'a test');
    const uiPort = await portOrFree(undefined, 'a test');
    const command = dev(['--port', String(port), '--ui-port', String(uiPort)]);
    expect(await exported(command)).toMatchObject({
      TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
      SLUICE_UI_URL: `http://127.0.0.1:${uiPort}`,
    });

    const second = dev(['--port', String(port)]);
    expect([await second.exit, second.stderr]).toEqual([
      2,
      `Port ${port} for the Temporal server is taken by another program. ` +
        'Choose another port, or name none to get a free one.\n',
    ]);
    command.signal('SIGTERM');
    expect(await command.exit).toBe(0);
    expect(await isFree(port)).toBe(true);
  });

  it('stops when the Temporal server has died, and says so', async () => {
    const command = dev();
    await exported(command);
    process.kill((await serverPid())!, 'SIGKILL');
    expect(await command.exit).toBe(1);
    expect(command.stderr).toContain('The Temporal server has ended, so the worker stops too.');
  });

  it('finds the server of the set-up in a checkout, and leaves it not behind when it is killed', async () => {
    const installed = existsSync(join(venv, tools.temporalServer.installed));
    const command = dev([], installed ? { SLUICE_TEMPORAL: '' } : {});
    const port = portOf(await exported(command));
    command.signal('SIGKILL');
    await until('the server had ended', () => isFree(port));
  });

  it('leaves no server behind when it is left while that starts', async () => {
    await rm(pidFile, { force: true });
    const command = dev();
    const pid = await until('the server was started', serverPid);
    command.signal('SIGINT');
    expect(await command.exit).not.toBe(0);
    await until('the server had ended', () => !isAlive(pid) || undefined);
    expect(command.stdout).not.toContain('--watch');
  });

  it('stops the server when the worker cannot start', async () => {
    const port = await portOrFree(undefined, 'a test');
    const command = dev(['--port', String(port)], { SLUICE_SETTINGS: '/nowhere/settings.yaml' });
    expect(await command.exit).toBe(2);
    expect(command.stderr).toContain('/nowhere/settings.yaml');
    expect(await isFree(port)).toBe(true);
  });

  it('says why the server does not start', async () => {
    const command = dev(['--db-filename', '/nowhere/deployments.db']);
    expect(await command.exit).toBe(7);
    expect(command.stderr).toMatch(/^The Temporal server ended before it was ready .*Its last/);
  });

  it('says how to get a `temporal` when there is none', async () => {
    const without = await new Promise<unknown[]>((resolve) => {
      const main = join(root, 'dist/cli/main.js');
      execFile(
        process.execPath,
        [main, 'dev'],
        { env: { PATH: join(folder, 'empty') } },
        (error, _, said) => resolve([error?.code, said]),
      );
    });
    expect(without).toEqual([
      2,
      expect.stringMatching(/^There is no `temporal` .* SLUICE_TEMPORAL\.\n$/),
    ]);
    const wrong = dev([], { SLUICE_TEMPORAL: '/nowhere/temporal' });
    expect(await wrong.exit).toBe(2);
    expect(wrong.stderr).toMatch(/^SLUICE_TEMPORAL names \/nowhere\/temporal, which is no program/);
  });
});
