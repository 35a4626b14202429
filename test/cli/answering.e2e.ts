import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shared } from '../support/shared.js';
import { parseAllDocuments } from 'yaml';
import { connect, type Sluice } from '../../src/client.js';
import { directClient, endAll } from '../client/direct.js';
import { LocalWorkers } from '../client/localWorker.js';
import { queueingLambda } from '../client/queueingLambda.js';
import { makeNamespace } from '../support/namespace.js';
import { functionPlan, plan, targetPlan } from '../support/plans.js';
import { eventually } from '../support/until.js';
import { commandsIn } from './commandProcess.js';
import { schemaProblems } from './outputSchema.js';

let command: ReturnType<typeof commandsIn>;
let sluice: Sluice;
let temporal: Awaited<ReturnType<typeof directClient>>;
let workers: LocalWorkers;
let working: Promise<void>;
let stop: () => void;
/** By application. */
const ids: Record<string, string> = {};

/** `shop` waits at two gates, and `payments` at one. */
beforeAll(async () => {
  const namespace = await makeNamespace();
  command = commandsIn(namespace);
  sluice = await connect({ address: shared.temporalAddress, namespace });
  temporal = await directClient(namespace);
  workers = await LocalWorkers.in(namespace);
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  working = workers.with(queueingLambda(temporal.client), () => stopped);
  await command.run(['--version']); // In a checkout the first command builds, and says so.
  for (const [application, targets] of [
    ['shop', ['eu', 'us']],
    ['payments', ['prod']],
  ] as const) {
    const wanted = plan(
      targets.map((name) =>
        targetPlan(name, {
          functions: [functionPlan(`${application}-${name}`)],
          beforeDeployment: [{ type: 'approval' }],
        }),
      ),
      { application },
    );
    ids[application] = wanted.deploymentId;
    await sluice.start({ plan: wanted, startedBy: 'ana' });
  }
}, 120_000);
afterAll(async () => {
  await endAll(sluice.namespace);
  stop();
  await working;
  await sluice.close();
  await temporal[Symbol.asyncDispose]();
  await workers.close();
});

async function gatesOf(application: string): Promise<string[]> {
  return (await sluice.status(application)).gates.map(({ id }) => id);
}

async function running(): Promise<number> {
  const found: string[] = [];
  for await (const { application } of sluice.running()) found.push(application);
  return found.length;
}

async function waitingOnes(): Promise<string[]> {
  const found: string[] = [];
  for await (const { waiting } of sluice.queued()) found.push(waiting.deploymentId);
  return found;
}

describe('the commands that answer', () => {
  it('tell which deployments there are when none is named, and answer none', async () => {
    await eventually(async () => expect(await running()).toBe(2));
    const { exitCode, stdout, stderr } = await command.run(['deploy', 'rollback']);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr.trim().split('\n').sort()).toEqual([
      `  sluice deploy rollback -n payments -i ${ids['payments']}`,
      `  sluice deploy rollback -n shop -i ${ids['shop']}`,
      'Several deployments run. Name the one you mean:',
    ]);
  });

  it('tell which gates there are when none is named, and answer none', async () => {
    await eventually(async () => expect(await gatesOf('shop')).toHaveLength(2));
    const args = ['deploy', 'approve', '-n', 'shop', '-o', 'json'];
    const { exitCode, stderr, ...ran } = await command.run(args);
    expect(exitCode).toBe(2);
    expect(stderr).toBe(
      'Several gates are open. Name the one you mean:\n' +
        '  eu/before/1 waits for an approval\n' +
        `    sluice deploy approve -n shop -i ${ids['shop']} --gate eu/before/1\n` +
        '  us/before/1 waits for an approval\n' +
        `    sluice deploy approve -n shop -i ${ids['shop']} --gate us/before/1\n`,
    );
    const [line] = ran.command.lines();
    expect(line).toMatchObject({ type: 'error', code: 'ambiguous', gates: [{}, {}], exitCode: 2 });
    expect(schemaProblems(line)).toEqual([]);
    expect(await gatesOf('shop')).toHaveLength(2);
  });

  it('say why the deployment refuses', async () => {
    const refused = async (...args: string[]) => {
      const { exitCode, stderr } = await command.run(['deploy', ...args]);
      return [exitCode, stderr];
    };
    const [retry, nowhere, unknown] = await Promise.all([
      refused('retry', '-n', 'shop'),
      refused('approve', '-n', 'shop', '--gate', 'mars/steps/1'),
      refused('skip', '-i', 'nothing', '-n', 'shop'),
    ]);
    expect(retry).toEqual([2, 'No rollback is stuck.\n']);
    expect(nowhere).toEqual([2, 'The deployment of "shop" has started no target mars.\n']);
    expect(unknown?.[1]).toContain('Temporal knows no deployment of "shop" with the id nothing');
  });

  it('answer one gate of one deployment, with who and why', async () => {
    const { exitCode, ...ran } = await command.run([
      ...['deploy', 'approve', '-i', ids['shop']!, '--gate', 'us/before/1'],
      ...['--by', 'bob', '--comment', 'fine', '-o', 'json'],
    ]);
    const [line] = ran.command.lines();
    expect([exitCode, schemaProblems(line)]).toEqual([0, []]);
    expect(line).toMatchObject({
      type: 'answered',
      answer: { deploymentId: ids['shop'], done: 'us/before/1: approved' },
    });
    const status = await command.run(['deploy', 'status', '-n', 'shop']);
    expect(status.stdout).toContain('us/before/1 was approved by bob: fine');
  });

  it('show one that waits for its turn, watch it, and take it out of the queue but leave what runs', async () => {
    const next = plan([targetPlan('prod')], {
      application: 'payments',
      ifDeploymentInProgress: 'enqueueOne',
    });
    const which = ['-i', next.deploymentId];
    const named = ['-n', 'payments', ...which];
    await sluice.start({ plan: next, startedBy: 'ben' });
    await eventually(async () => expect(await waitingOnes()).toEqual([next.deploymentId]));
    const watch = command.start(['deploy', 'watch', ...which, '-o', 'json']);
    const left = command.start(['deploy', 'watch', ...which]);
    await Promise.all([watch.says('"type":"waits"'), left.says('waits for its turn')]);
    left.signal('SIGINT');
    expect(await left.exit).toBe(130);
    expect(left.stdout).toContain('it keeps its place in the queue.');
    const early = await command.run(['deploy', 'approve', ...which]);
    expect([early.exitCode, early.stderr]).toEqual([
      2,
      expect.stringContaining('waits for its turn and has not begun'),
    ]);
    const [status, list, cancel] = [
      await command.run(['deploy', 'status', ...named]),
      await command.run(['deploy', 'list', '-o', 'json']),
      await command.run(['deploy', 'cancel', ...which, '-o', 'json']),
    ];
    expect(status.stdout).toContain(`To take it out: sluice deploy cancel ${named.join(' ')}\n`);
    const lines = [...list.command.lines(), ...cancel.command.lines()];
    expect(lines.flatMap(schemaProblems)).toEqual([]);
    expect(lines).toMatchObject([
      { deployment: { application: 'payments', waiting: { startedBy: 'ben' }, gates: [{}] } },
      { deployment: { application: 'shop', gates: [{ id: 'eu/before/1' }] } },
      { type: 'answered', answer: { verb: 'dequeue', deploymentId: next.deploymentId } },
    ]);
    expect(await watch.exit).toBe(6);
    expect(watch.lines().flatMap(schemaProblems)).toEqual([]);
    expect(watch.lines().map(({ type }) => type)).toEqual(['waits', 'dropped']);
    const late = await command.run(['deploy', 'cancel', ...named]);
    expect([late.exitCode, late.stderr]).toEqual([
      2,
      expect.stringContaining('knows no deployment'),
    ]);
    expect(await sluice.facts('payments')).toMatchObject({ state: 'running' });
  });

  it('cancel one deployment, which its watch tells with 6', async () => {
    const watch = command.start(['deploy', 'watch', '-n', 'payments', '-o', 'json']);
    await watch.says('"type":"changed"');
    const { exitCode, stdout } = await command.run([
      ...['deploy', 'cancel', '-i', ids['payments']!],
      ...['--by', 'bob', '--comment', 'too early'],
    ]);
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringMatching(
        /^payments: The deployment (is being|was) cancelled\. Nothing was written: prod\.\n$/,
      ),
    ]);
    expect(await watch.exit).toBe(6);
    const status = await command.run(['deploy', 'status', '-n', 'payments']);
    expect(status.stdout).toMatch(/A cancellation was asked for by bob at \S+Z: too early/);
    const late = await command.run(['deploy', 'cancel', '-n', 'payments']);
    expect(late).toMatchObject({ exitCode: 2, stdout: '' });
    for (const line of watch.lines()) expect(schemaProblems(line)).toEqual([]);
  });

  it('need no name for the only deployment and the only gate', async () => {
    await eventually(async () => expect(await running()).toBe(1));
    const { exitCode, stdout } = await command.run(['deploy', 'reject', '--comment', 'no']);
    expect([exitCode, stdout]).toEqual([0, 'shop: eu/before/1: rejected\n']);
    expect(await sluice.result('shop')).toMatchObject({ status: 'failed' });
    const watch = await command.run(['deploy', 'watch', '-n', 'shop']);
    expect(watch.exitCode).toBe(4);
    const late = await command.run(['deploy', 'approve', '-n', 'shop']);
    expect([late.exitCode, late.stderr]).toEqual([
      2,
      'The deployment of "shop" has ended (failed).\n',
    ]);
  });
});

describe('the commands that list', () => {
  it('show the newest deployment of each application', async () => {
    const [all, failed] = await Promise.all([
      command.run(['deploy', 'list', '-o', 'json']),
      command.run(['deploy', 'list', '--state', 'failed', '--limit', '1']),
    ]);
    const lines = all.command.lines();
    expect(lines.flatMap(schemaProblems)).toEqual([]);
    expect(lines).toMatchObject([{ type: 'deployment' }, { type: 'deployment' }]);
    expect(failed.stdout).toMatch(/^✖ {2}shop {2}failed .* ana .*1 deployed, 1 blocked\n$/);
  });

  it('show the history of an application, as YAML too', async () => {
    const { exitCode, stdout } = await command.run([
      'deploy',
      'history',
      '-n',
      'shop',
      '-o',
      'yaml',
    ]);
    const documents = parseAllDocuments(stdout);
    const objects = 'empty' in documents ? [] : documents.map((one) => one.toJS() as unknown);
    expect([exitCode, objects.flatMap(schemaProblems)]).toEqual([0, []]);
    expect(objects).toMatchObject([{ deployment: { deploymentId: ids['shop'], state: 'failed' } }]);
    const never = await command.run(['deploy', 'history', '-n', 'never']);
    expect([never.exitCode, never.stdout]).toEqual([2, '']);
    expect(never.stderr).toContain('Temporal knows no deployment of the application "never"');
  });
});

describe('without a worker', () => {
  it('an answer ends with 7, and says how to leave it to Temporal', async () => {
    const namespace = await makeNamespace();
    const other = await connect({ address: shared.temporalAddress, namespace });
    await other.start({ plan: plan([targetPlan('prod')]) });
    const { exitCode, stderr } = await commandsIn(namespace).run([
      'deploy',
      'approve',
      '-n',
      'shop',
    ]);
    expect(exitCode).toBe(7);
    expect(stderr).toMatch(/^No worker runs, .*temporal workflow signal/);
    await endAll(namespace);
    await other.close();
  });
});

// Not every system has a device that is always full.
(existsSync('/dev/full') ? describe : describe.skip)(
  'a command whose output cannot be written',
  () => {
    it('ends with 1, and says so', async () => {
      const bin = fileURLToPath(new URL('../../bin/sluice', import.meta.url));
      const child = spawn('sh', ['-c', '"$0" "$1" --help > /dev/full', process.execPath, bin]);
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      expect(await once(child, 'close')).toEqual([1, null]);
      expect(stderr).toMatch(/^What was to be said cannot be written: .*ENOSPC/);
    });
  },
);
