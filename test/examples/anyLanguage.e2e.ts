import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { root } from '../../dev/setup/paths.js';
import { memoOf } from '../../src/domain/metadata.js';
import type { DeploymentOutcome } from '../../src/domain/outcomes.js';
import type { Plan } from '../../src/domain/plan.js';
import { endAll } from '../client/direct.js';
import { LocalWorkers } from '../client/localWorker.js';
import { queueingLambda } from '../client/queueingLambda.js';
import { blocksOf } from '../docs/support/blocks.js';
import { MemoryLambda } from '../support/memoryLambda.js';
import { makeNamespace } from '../support/namespace.js';
import { untilOpen } from '../support/operator.js';
import { shared } from '../support/shared.js';
import { runInShell } from '../support/shell.js';
import { ensurePythonExample, examplePython } from './pythonExample.js';

const APPLICATION = 'checkout-us-east';
const GATE = 'production/steps/2';
/** The first time, Temporal's SDK for Python is downloaded. In milliseconds. */
const INSTALLING_MS = 300_000;

const program = join(root, 'examples/python/start_deployment.py');
const commands = blocksOf('docs/integrating.md').filter(({ language }) => language === 'sh');
const commandWith = (words: string): string =>
  commands.find(({ text }) => text.includes(words))?.text ??
  `echo no command has ${words}; exit 99`;

let namespace: string;
let client: Client;
let workers: LocalWorkers;
let folder: string;
let plan: Plan;

const shell = (command: string) => runInShell(command, { folder, namespace });
const deployment = () => client.workflow.getHandle(`sluice:${APPLICATION}`);

beforeAll(async () => {
  await ensurePythonExample();
  namespace = await makeNamespace();
  client = new Client({
    connection: await Connection.connect({ address: shared.temporalAddress }),
    namespace,
  });
  workers = await LocalWorkers.in(namespace);
  folder = await mkdtemp(join(tmpdir(), 'sluice-any-language-'));
  await copyFile(join(root, 'examples/approval.yaml'), join(folder, 'deploy.yaml'));
  expect(await shell(commandWith('config show'))).toMatchObject({ exitCode: 0, stderr: '' });
  plan = JSON.parse(await readFile(join(folder, 'plan.json'), 'utf8')) as Plan;
}, INSTALLING_MS);
afterEach(() => endAll(namespace));
afterAll(async () => {
  await workers.close();
  await client.connection.close();
  await rm(folder, { recursive: true });
});

describe('the example in Python', () => {
  const [start = '', approve = ''] = commandWith('start_deployment.py').trimEnd().split('\n');
  const run = (line: string) =>
    shell(line.replace('python start_deployment.py', `${examplePython} ${program}`));

  it('starts a deployment as the client does, approves it, and prints how it ended', async () => {
    await workers.with(new MemoryLambda(), async () => {
      const started = run(start);
      await untilOpen(deployment(), GATE);
      const { memo } = await deployment().describe();
      const id = String(memo?.['deploymentId']);
      const origin = { startedBy: 'release-bot', commit: '4f2e9c1' };
      expect(memo).toMatchObject(memoOf({ ...plan, deploymentId: id }, origin));
      expect(id).not.toBe(plan.deploymentId);
      expect(await run(approve)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
      const { exitCode, stdout, stderr } = await started;
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: `Started ${id}.\n` });
      expect(JSON.parse(stdout) as DeploymentOutcome).toMatchObject({
        status: 'succeeded',
        deploymentId: id,
        counts: { deployed: 1 },
      });
    });
  });

  it('says in a sentence who is deploying already', async () => {
    await shell(commandWith('workflow start'));
    const { exitCode, stdout, stderr } = await run(start);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toMatch(
      /^checkout-us-east is being deployed already: release-bot started that at 20\S+ \S+\.\n$/,
    );
  });

  it('prints the outcome of what did not succeed, too', async () => {
    const cause = { code: 'packageRejected', message: 'It is no zip file.' } as const;
    const broken = new MemoryLambda();
    broken.fail('inspectFunction', 'checkout', cause);
    await workers.with(broken, async () => {
      const { exitCode, stdout } = await run(start);
      expect(exitCode).toBe(4);
      expect(JSON.parse(stdout) as DeploymentOutcome).toMatchObject({
        status: 'failed',
        failures: [cause],
      });
    });
  });

  it('says without a trace that Temporal is not there', async () => {
    const { exitCode, stderr } = await run(`TEMPORAL_ADDRESS=127.0.0.1:1 ${start}`);
    expect(exitCode).toBe(7);
    expect(stderr).toMatch(/^Temporal cannot be reached: [^\n]+\n$/);
  });
});

describe("Temporal's own command", () => {
  it('starts a deployment once, and waits for its end', async () => {
    const start = commandWith('workflow start');
    await workers.with(new MemoryLambda(), async () => {
      expect(await shell(start)).toMatchObject({ exitCode: 0 });
      await untilOpen(deployment(), GATE);
      expect((await deployment().describe()).memo).toMatchObject({
        schemaVersion: 1,
        application: APPLICATION,
        startedBy: 'release-bot',
        commit: '4f2e9c1',
      });
      const second = await shell(start);
      expect(second.exitCode).toBe(1);
      expect(second.stderr).toContain('Workflow execution is already running');
      await deployment().signal('approve');
      const { exitCode, stdout } = await shell(commandWith('workflow result'));
      expect(exitCode).toBe(0);
      expect(stdout).toContain('succeeded');
    });
  });

  it('queues one behind a deployment that runs, which then runs as the origin says', async () => {
    await workers.with(queueingLambda(client), async () => {
      expect(await shell(commandWith('workflow start'))).toMatchObject({ exitCode: 0 });
      await untilOpen(deployment(), GATE);
      expect(await shell(commandWith('config show'))).toMatchObject({ exitCode: 0 });
      const next = JSON.parse(await readFile(join(folder, 'plan.json'), 'utf8')) as Plan;
      const queued = await shell(commandWith('execute-update-with-start'));
      expect(queued).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('queued') });
      await deployment().signal('approve');
      const ended: unknown = await client.workflow
        .getHandle(`sluice-queue:${APPLICATION}`)
        .result();
      const { deploymentId } = next;
      expect(ended).toMatchObject({ waiting: null, released: [{ deploymentId }] });
      const { memo } = await deployment().describe();
      const origin = { startedBy: 'release-bot', commit: '4f2e9c1' };
      expect(memo).toMatchObject(memoOf(next, origin));
    });
  });
});
