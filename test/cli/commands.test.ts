import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { directClient, endAll } from '../client/direct.js';
import { makeNamespace } from '../support/namespace.js';
import { uniqueName } from '../support/names.js';
import { eventually } from '../support/until.js';
import { commandsIn, objectsIn } from './commandProcess.js';
import { runIn, startIn } from './inProcess.js';

let folder: string;
let namespace: string;
/** The command in a process of its own, where it is the process that counts. */
let processes: ReturnType<typeof commandsIn>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-commands-'));
  namespace = await makeNamespace();
  processes = commandsIn(namespace);
  await processes.run(['--version']); // In a checkout the first command builds, and says so.
});
afterEach(() => endAll(namespace));
afterAll(() => rm(folder, { recursive: true }));

const ui = { SLUICE_UI_URL: 'http://ui.example/' };

/** The command in this process. */
const sluice = (args: readonly string[], environment: Record<string, string> = {}) =>
  runIn(namespace, args, { environment: { ...ui, ...environment } });

async function file(content: string | Uint8Array): Promise<string> {
  const path = join(folder, `${uniqueName('deploy')}.yaml`);
  await writeFile(path, content);
  return path;
}

function deployment(application: string): string {
  const role = 'arn:aws:iam::111111111111:role/Deploy';
  return stringify({
    version: 'v1',
    kind: 'lambda',
    application,
    targets: {
      prod: { account: 'prod', deployAsIamRole: role, region: 'eu-west-1', strategy: 'all' },
    },
    strategies: { all: { canary: { steps: [{ setWeight: { weight: 100 } }] } } },
    artifacts: [{ functionName: 'orders', path: 's3://packages/orders.zip', type: 'zipFile' }],
    providerOptions: {
      lambda: [
        {
          target: 'prod',
          name: 'orders',
          runAsIamRole: 'arn:aws:iam::111111111111:role/Run',
          handler: 'index.handler',
          runtime: 'nodejs24.x',
        },
      ],
    },
  });
}

describe('sluice deploy start', () => {
  it('starts a deployment, says where it is, and that no worker runs', async () => {
    const application = uniqueName('shop');
    const path = await file(deployment(application));
    const { exitCode, stdout, stderr } = await sluice(['deploy', 'start', '-f', path]);
    expect(stdout).toMatch(
      new RegExp(
        `^Started the deployment of ${application}\\.\n` +
          `  deployment  [0-9a-f-]{36}\n` +
          `  workflow    sluice:${application}\n` +
          `  run         ([0-9a-f-]{36})\n` +
          `  link        http://ui\\.example/namespaces/${namespace}/workflows/sluice%3A${application}/\\1\n$`,
      ),
    );
    expect(stderr).toMatch(
      /^Nothing polls the task queue "sluice" in namespace \S+ at \S+: the deployment waits until a worker runs\. Start one with: sluice worker\n$/,
    );
    expect(exitCode).toBe(0);
  });

  it('reads standard input', async () => {
    const application = uniqueName('shop');
    const text = deployment(application);
    const { exitCode, stdout } = await processes.run(['deploy', 'start', '-f', '-'], {}, text);
    expect([exitCode, stdout.split('\n')[0]]).toEqual([
      0,
      `Started the deployment of ${application}.`,
    ]);
  });

  it('refuses a second deployment with 3, and says which one runs', async () => {
    const path = await file(deployment(uniqueName('shop')));
    const by = ['--started-by', 'ana', '--commit', '4f2e'];
    await sluice(['deploy', 'start', '-f', path, ...by]);
    const { exitCode, stdout, stderr } = await sluice(['deploy', 'start', '-f', path]);
    expect([exitCode, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/is running already: deployment [0-9a-f-]{36}, started by ana from/);
  });

  it('speaks JSON to scripts, of failures too', async () => {
    const path = await file(deployment(uniqueName('shop')));
    const args = ['deploy', 'start', '-f', path, '-o', 'json'];
    const first = await sluice(args);
    expect(objectsIn(first.stdout)).toMatchObject([
      { schemaVersion: 1, type: 'started', deployment: { workersPolling: false } },
      { schemaVersion: 1, type: 'notice', text: expect.stringContaining('sluice worker') },
    ]);
    const second = await sluice(args);
    expect(objectsIn(second.stdout)).toMatchObject([
      { type: 'error', code: 'conflict', exitCode: 3, running: { state: 'running' } },
    ]);
  });
});

describe('sluice deploy start --watch', () => {
  it('can be left with Ctrl-C; the deployment goes on', async () => {
    const application = uniqueName('shop');
    const path = await file(deployment(application));
    const watch = processes.start(['deploy', 'start', '-f', path, '-w']);
    await watch.says(`${application}: waits for a worker`);
    watch.signal('SIGINT');
    expect(await watch.exit).toBe(130);
    expect(watch.stdout).toContain('You no longer watch the deployment; it goes on.');
    expect(watch.stdout).toContain(`sluice deploy watch -n ${application}`);
    await using temporal = await directClient(namespace);
    const described = await temporal.client.workflow.getHandle(`sluice:${application}`).describe();
    expect(described.status.name).toBe('RUNNING');
  });

  it('ends with 5 when the deployment is terminated, because nothing was rolled back', async () => {
    const application = uniqueName('shop');
    const path = await file(deployment(application));
    const watch = startIn(namespace, ['deploy', 'start', '-f', path, '-w']);
    await eventually(() => {
      expect(watch.console.written).toContain(`${application}: waits for a worker`);
    });
    await endAll(namespace);
    const { exitCode, stdout } = await watch.ended;
    expect(exitCode).toBe(5);
    expect(stdout).toContain(`${application}: terminated without a rollback after 0:`);
  });

  it('ends quietly when nobody reads what it writes, and with no success that it has not seen', async () => {
    const path = await file(deployment(uniqueName('shop')));
    const watch = processes.start(['deploy', 'start', '-f', path, '-w', '-o', 'json']);
    await watch.says('"type":"changed"');
    watch.stopReading();
    await endAll(namespace);
    expect([5, 130]).toContain(await watch.exit);
    expect(watch.stderr).not.toMatch(/EPIPE|\bat .*:\d+:\d+/);
  });
});

describe('sluice deploy status', () => {
  it('shows the deployment of an application, the one with an id, or the only one', async () => {
    const application = uniqueName('shop');
    const path = await file(deployment(application));
    const started = await sluice(['deploy', 'start', '-f', path, '-o', 'json']);
    const { deploymentId } = objectsIn(started.stdout)[0]?.['deployment'] as Record<string, string>;
    const byId = () => sluice(['deploy', 'status', '-i', deploymentId ?? '']);
    await eventually(async () => expect((await byId()).exitCode).toBe(0));
    for (const args of [['-n', application], ['-i', deploymentId ?? ''], []]) {
      const { exitCode, stdout } = await sluice(['deploy', 'status', ...args]);
      expect(exitCode).toBe(0);
      expect(stdout).toContain(`${application}  waits for a worker`);
      expect(stdout).toContain('○ prod  111111111111 eu-west-1  waits');
      expect(stdout).toContain('! Nothing polls the task queue "sluice"');
    }
  });

  it('says what it does not find, with 2', async () => {
    const never = await sluice(['deploy', 'status', '-n', 'never']);
    expect([never.exitCode, never.stderr.split(' in the')[0]]).toEqual([
      2,
      'Temporal knows no deployment of the application "never"',
    ]);
    const nothing = await sluice(['deploy', 'status', '-i', 'nothing']);
    expect([nothing.exitCode, nothing.stderr.split(' in the')[0]]).toEqual([
      2,
      'Temporal knows no deployment with the id nothing',
    ]);
  });
});

describe('what nobody means', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['nothing', '', /empty-file/],
    ['no text', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 1), /not-text/],
    ['no YAML', 'version: [', /:1:\d+: error/],
    ['an unknown key', `${deployment('shop')}\ntypo: 1\n`, /typo/],
  ])('a file with %s', async (_, content, expected) => {
    const { exitCode, stdout, stderr } = await sluice([
      ...['deploy', 'start', '-f', await file(content)],
    ]);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(expected);
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+\)/);
  });

  it.each<[string[], string]>([
    [['deploy', 'start', '-f', '/nowhere/x'], 'There is no file /nowhere/x.'],
    [['deploy', 'start', '-f', tmpdir()], 'is a directory'],
    [['deploy', 'start'], "Required option '-f, --file <file>' not specified."],
    [['deploy', 'start', '-f', 'x', '-o', 'xml'], 'Allowed choices are text, json, yaml.'],
    [['deploy', 'start', '--bogus'], "Unknown option '--bogus'"],
    [['deploi'], "Unknown command 'deploi'. Did you mean deploy? Add --help to see what there is."],
    [['deploy', 'status', 'too', 'many'], 'Too many arguments'],
  ])('sluice %j', async (args, expected) => {
    const { exitCode, stderr } = await sluice(args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(expected);
  });

  it('has its exit code also when nobody reads why', async () => {
    const command = processes.start(['deploy', 'status', '-i', 'unknown']);
    command.stopReading('stderr');
    expect(await command.exit).toBe(2);
  });

  it('a Temporal that is not there, and a namespace that is not', async () => {
    const gone = { TEMPORAL_ADDRESS: '127.0.0.1:1' };
    const nowhere = { TEMPORAL_NAMESPACE: 'nowhere' };
    const args = ['deploy', 'status', '-n', 'shop'];
    const [first, second] = await Promise.all([sluice(args, gone), sluice(args, nowhere)]);
    expect([first.exitCode, second.exitCode]).toEqual([7, 7]);
    expect(first.stderr).toContain('cannot be reached at 127.0.0.1:1: connection refused.');
    expect(second.stderr).toContain('has no namespace "nowhere".');
  });
});

describe('sluice without a command to carry out', () => {
  it('says its version', async () => {
    expect((await processes.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('helps with commands, exit codes and variables', async () => {
    const { exitCode, stdout } = await sluice(['--help']);
    expect(exitCode).toBe(0);
    for (const expected of ['deploy', 'worker', 'Exit codes:', 'TEMPORAL_ADDRESS', 'NO_COLOR']) {
      expect(stdout).toContain(expected);
    }
    const worker = await sluice(['worker', '--help']);
    expect(worker.stdout).toContain('SLUICE_SETTINGS');
    const start = await sluice(['deploy', 'start', '--help']);
    expect(start.stdout).toContain('Exit codes:');
  });
});
