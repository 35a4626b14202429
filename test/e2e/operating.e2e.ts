import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { root } from '../../dev/setup/paths.js';
import { connect, type Sluice } from '../../src/client.js';
import { directClient, endAll } from '../client/direct.js';
import { LocalWorkers } from '../client/localWorker.js';
import { queueingLambda } from '../client/queueingLambda.js';
import { blocksOf } from '../docs/support/blocks.js';
import { MemoryLambda } from '../support/memoryLambda.js';
import { makeNamespace } from '../support/namespace.js';
import { shared } from '../support/shared.js';
import { runInShell } from '../support/shell.js';
import { until } from '../support/until.js';

/** What the commands of README.md, and those of docs/operating.md, are about. */
const README_APPLICATION = 'potatoless-facts';
const APPLICATION = 'checkout-us-east';
const GATE = 'production/steps/2';

let namespace: string;
let folder: string;
/** A deployment of the second, which waits for an approval. */
let file: string;
let sluice: Sluice;
let workers: LocalWorkers;
beforeAll(async () => {
  namespace = await makeNamespace();
  folder = await mkdtemp(join(tmpdir(), 'sluice-docs-'));
  file = await readFile(join(root, 'examples/approval.yaml'), 'utf8');
  await writeFile(join(folder, 'deploy.yaml'), file);
  sluice = await connect({ address: shared.temporalAddress, namespace });
  workers = await LocalWorkers.in(namespace);
});
afterEach(() => endAll(namespace));
afterAll(async () => {
  await sluice.close();
  await workers.close();
  await rm(folder, { recursive: true });
});

/** The commands of a block, as they are with `sluice` on the PATH. */
function commandsOf(page: string, words: string): string {
  const found = blocksOf(page).find(({ text }) => text.includes(words));
  if (found === undefined) throw new Error(`No block of ${page} has ${words}.`);
  return found.text.replaceAll('./bin/sluice', 'sluice').trimEnd();
}

const shell = (command: string) => runInShell(command, { folder, namespace });

/** Starts a deployment, and waits until it waits. */
async function waiting(application: string): Promise<string> {
  const text = file.replace(`application: ${APPLICATION}`, `application: ${application}`);
  const { deploymentId } = await sluice.start({ text });
  return untilAsked(application, (id) => id === deploymentId);
}

/** Waits until the newest deployment is the one that is meant, and waits for an answer. */
function untilAsked(application: string, isMeant: (id: string) => boolean): Promise<string> {
  return until(`${application} waited`, async () => {
    const { deploymentId = '', gates } = await sluice.status(application);
    return gates.length > 0 && isMeant(deploymentId) ? deploymentId : undefined;
  });
}

/** How a deployment ends that is answered so. */
const ENDS: Record<string, string> = {
  approve: 'succeeded',
  reject: 'failed',
  rollback: 'rolledBack',
  cancel: 'cancelled',
};

it.each(commandsOf('README.md', 'deploy approve').split('\n'))('README.md: %s', async (line) => {
  await workers.with(new MemoryLambda(), async () => {
    await waiting(README_APPLICATION);
    expect(await shell(line)).toMatchObject({ exitCode: 0, stderr: '' });
    const [, , verb = ''] = line.split(' ');
    expect((await sluice.result(README_APPLICATION)).status).toBe(ENDS[verb]);
  });
});

it('docs/operating.md goes before what runs, and takes out what waits', async () => {
  await using temporal = await directClient(namespace);
  await workers.with(queueingLambda(temporal.client), async () => {
    const first = await waiting(APPLICATION);
    const { runId } = await sluice.facts(APPLICATION);
    const next = shell(commandsOf('docs/operating.md', '--supersede'));
    const second = await untilAsked(APPLICATION, (id) => id !== first);
    expect((await sluice.result(APPLICATION, { runId })).failures).toMatchObject([
      { message: expect.stringContaining(`superseded by deployment ${second}`) },
    ]);

    const queueing = 'deploymentConfig: { ifDeploymentInProgress: { strategy: enqueueOne } }';
    const third = await sluice.start({ text: `${file}\n${queueing}\n` });
    expect(third.state).toBe('queued');
    const cancel = commandsOf('docs/operating.md', 'deploy cancel').replace(
      /(?<= -i )\S+/,
      third.deploymentId,
    );
    expect(await shell(cancel)).toMatchObject({ exitCode: 0 });
    expect(await sluice.waiting(APPLICATION)).toBeUndefined();

    await sluice.approve(APPLICATION);
    expect(await next).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('succeeded'),
    });
  });
});

it('docs/operating.md tells scripts what failed, and what waits', async () => {
  const broken = new MemoryLambda();
  const cause = { code: 'packageRejected', message: 'It is no zip file.' } as const;
  broken.fail('inspectFunction', 'checkout', cause);
  await workers.with(broken, async () => {
    await sluice.start({ text: file.replace(APPLICATION, 'broken') });
    await sluice.result('broken');
  });
  await until('the failure was listed', async () => {
    for await (const { application } of sluice.list({ state: 'failed' }))
      if (application === 'broken') return true;
    return undefined;
  });
  await workers.with(new MemoryLambda(), async () => {
    await waiting(APPLICATION);
    await until('it was listed', async () => {
      const { gates } = await sluice.gates();
      return gates.some(({ id }) => id === GATE) || undefined;
    });
    const { exitCode, stdout } = await shell(commandsOf('docs/operating.md', 'jq'));
    expect(exitCode).toBe(0);
    const approve = new RegExp(`^sluice deploy approve -n ${APPLICATION} -i \\S+ --gate ${GATE}$`);
    expect(stdout.split('\n')).toEqual(
      expect.arrayContaining(['broken', expect.stringMatching(approve), GATE]),
    );
  });
});
