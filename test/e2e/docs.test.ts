import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { root } from '../../dev/setup/paths.js';
import { connect, type Sluice } from '../../src/client.js';
import { endAll } from '../client/direct.js';
import { LocalWorkers } from '../client/localWorker.js';
import { coveredBlocks } from '../docs/support/coverage.js';
import { MemoryLambda } from '../support/memoryLambda.js';
import { makeNamespace } from '../support/namespace.js';
import { uniqueName } from '../support/names.js';
import { runInShell, serveInShell, type Place } from '../support/shell.js';
import { freeAddress } from '../support/sluiceProcess.js';

let place: Place;
let sluice: Sluice;
let workers: LocalWorkers;

beforeAll(async () => {
  const namespace = await makeNamespace();
  const folder = await mkdtemp(join(tmpdir(), 'sluice-docs-'));
  for (const name of ['settings.yaml', 'agent.yaml']) {
    await copyFile(join(root, 'examples/settings.yaml'), join(folder, name));
  }
  place = { folder, namespace, environment: { SLUICE_CALLBACK_KEY: 'k'.repeat(32) } };
  sluice = await connect({ address: inject('temporalAddress'), namespace });
  workers = await LocalWorkers.in(namespace);
});
afterEach(() => endAll(place.namespace));
afterAll(async () => {
  await sluice.close();
  await workers.close();
  await rm(place.folder, { recursive: true });
});

const blocks = coveredBlocks();
const isRun = (how: string) =>
  blocks.filter(({ cover }) => cover && 'run' in cover && cover.run === how);
/** The command of a checkout is on the PATH here. */
const onPath = (text: string) => text.replaceAll('./bin/sluice', 'sluice');

/** Makes the deployment that a page is about, which no worker takes yet. */
async function started(example: string): Promise<string> {
  const { application } = await sluice.start({ file: join(root, 'examples', example) });
  return application;
}

const commandsOf = (beginning: RegExp): string => {
  const found = isRun('toItsEnd').find(({ text }) => beginning.test(text));
  if (found === undefined) throw new Error(`No block begins with ${String(beginning)}.`);
  return onPath(found.text);
};

describe('the commands of the documentation', () => {
  it.each(isRun('untilItServes').map(({ place: at, text }) => [at, text] as const))(
    'start what serves: %s',
    async (_at, text) => {
      const command = onPath(text).replace(/[\d.]+:80\d\d\b/, await freeAddress());
      const { exitCode, stderr } = await serveInShell(command, /Sluice \w+ started/, place);
      expect({ exitCode, stderr }).toEqual({
        exitCode: 0,
        stderr: expect.stringMatching(/Sluice \w+ started/),
      });
    },
  );

  it.each(
    isRun('toItsEnd')
      .filter(({ text }) => /^(\.\/bin\/)?sluice template/.test(text))
      .map(({ place: at, text }) => [at, text] as const),
  )('write and check files: %s', async (_at, text) => {
    expect(await runInShell(onPath(text), place)).toMatchObject({ exitCode: 0 });
  });

  it('deploy a file, and tell how that went', async () => {
    await copyFile(join(root, 'examples/basic.yaml'), join(place.folder, 'deploy.yaml'));
    await workers.with(new MemoryLambda(), async () => {
      const ran = await runInShell(commandsOf(/sluice deploy start/), place);
      expect(ran).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('succeeded') });
    });
  });

  it('answer a deployment with everything that signals take', async () => {
    const application = await started('approval.yaml');
    const answers = commandsOf(/--input '"fine by me"'/);
    expect(answers).toContain(`'sluice:${application}'`);
    expect(await runInShell(answers, place)).toMatchObject({ exitCode: 0 });
  });

  it('approve and cancel a deployment', async () => {
    const application = await started('basic.yaml');
    expect(await runInShell(commandsOf(/workflow cancel/), place)).toMatchObject({ exitCode: 0 });
    await workers.with(new MemoryLambda(), async () => {
      expect(await sluice.result(application)).toMatchObject({ status: 'cancelled' });
    });
  });

  it('make a namespace', async () => {
    const namespace = uniqueName('deployments');
    const command = commandsOf(/^temporal operator/).replace('deployments', namespace);
    expect(await runInShell(command, place)).toMatchObject({ exitCode: 0 });
  });

  it('that an operator finds in one table are understood', async () => {
    await started('approval.yaml');
    const page = await readFile(join(root, 'docs/operating.md'), 'utf8');
    const found = [...page.matchAll(/^\| [^|]+\| `((?:temporal|sluice) [^`]+)` +\|$/gm)];
    const commands = found.map(([, command = '']) => command);
    expect(commands.length).toBeGreaterThan(8);
    await writeFile(join(place.folder, 'all.sh'), commands.join('\n'));
    expect(await runInShell('. ./all.sh', place)).toMatchObject({ exitCode: 0 });
  });
});
