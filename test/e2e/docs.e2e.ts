import { copyFile, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { root } from '../../dev/setup/paths.js';
import { connect, type Sluice } from '../../src/client.js';
import { endAll } from '../client/direct.js';
import { LocalWorkers } from '../client/localWorker.js';
import { coveredBlocks } from '../docs/support/coverage.js';
import { MemoryLambda } from '../support/memoryLambda.js';
import { makeNamespace } from '../support/namespace.js';
import { uniqueName } from '../support/names.js';
import { shared } from '../support/shared.js';
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
  sluice = await connect({ address: shared.temporalAddress, namespace });
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

/** The blocks that have been run. */
const ran = new Set<string>();

function commandsOf(part: RegExp): string {
  const found = isRun('toItsEnd').find(({ text }) => part.test(text));
  if (found === undefined) throw new Error(`No block has ${String(part)}.`);
  ran.add(found.place);
  return onPath(found.text);
}

/** They make files, and need no servers. */
const FILES = /^(\.\/bin\/)?sluice (template|aws)/;

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
      .filter(({ text }) => FILES.test(text))
      .map(({ place: at, text }) => [at, text] as const),
  )('write and check files: %s', async (at, text) => {
    ran.add(at);
    expect(await runInShell(onPath(text), place)).toMatchObject({ exitCode: 0 });
  });

  it('say at the lines of pull requests what is wrong with the files of a folder', async () => {
    const { text = '' } = blocks.find(({ text }) => text.startsWith('- run:')) ?? {};
    const [{ run: command }] = parse(text) as [{ run: string }];
    const files = join(place.folder, 'deploy');
    await cp(join(root, 'examples/basic.yaml'), join(files, 'good.yaml'));
    await writeFile(join(files, 'wrong.yaml'), '- version: v1\n- kind: lambda\n');
    // As npm does that has installed it.
    const installed = join(place.folder, 'node_modules/.bin/sluice');
    await mkdir(dirname(installed), { recursive: true });
    await symlink(join(root, 'bin/sluice'), installed);
    expect(await runInShell(command, place)).toMatchObject({
      exitCode: 2,
      stdout: expect.stringMatching(/^::error file=deploy\/wrong\.yaml,line=/),
    });
  });

  it('say what would change, deploy a file, and tell how that went', async () => {
    await copyFile(join(root, 'examples/basic.yaml'), join(place.folder, 'deploy.yaml'));
    await workers.with(new MemoryLambda(), async () => {
      const deployed = await runInShell(commandsOf(/sluice deploy start -f deploy/), place);
      expect(deployed).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining('succeeded'),
      });
      expect(await runInShell(commandsOf(/sluice deploy history/), place)).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining('potatoless-facts'),
      });
    });
  });

  it('answer a deployment with everything that signals take', async () => {
    const application = await started('approval.yaml');
    const answers = commandsOf(/--input '"fine by me"'/);
    expect(answers).toContain(`'sluice:${application}'`);
    expect(await runInShell(answers, place)).toMatchObject({ exitCode: 0 });
  });

  it('take what waits out of a queue', async () => {
    const cancel = commandsOf(/^temporal workflow cancel/);
    const [id = ''] = /'sluice-queue:.*'/.exec(cancel) ?? [];
    const queue = `--workflow-id ${id} --type sluiceQueue --task-queue sluice`;
    const both = `temporal workflow start ${queue}\n${cancel}`;
    expect(await runInShell(both, place)).toMatchObject({ exitCode: 0 });
    await workers.with(new MemoryLambda(), async () => {
      const result = `temporal workflow result --workflow-id ${id}`;
      expect(await runInShell(result, place)).toMatchObject({ exitCode: 0 });
    });
  });

  it('make a namespace', async () => {
    const namespace = uniqueName('deployments');
    const command = commandsOf(/^temporal operator/).replace('deployments', namespace);
    expect(await runInShell(command, place)).toMatchObject({ exitCode: 0 });
  });

  it('are all run', () => {
    expect([...ran].sort()).toEqual(
      isRun('toItsEnd')
        .map(({ place: at }) => at)
        .sort(),
    );
  });
});
