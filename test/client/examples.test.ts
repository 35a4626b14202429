import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { local, root } from '../../dev/setup/paths.js';
import { docstringExamples } from '../docs/support/examples.js';
import { MemoryLambda } from '../support/memoryLambda.js';
import { makeNamespace } from '../support/namespace.js';
import { shared } from '../support/shared.js';
import { endAll } from './direct.js';
import { LocalWorkers } from './localWorker.js';

let namespace: string;
let workers: LocalWorkers;
/** Inside the package, so that the example finds it by its name. */
let folder: string;
beforeAll(async () => {
  namespace = await makeNamespace();
  workers = await LocalWorkers.in(namespace);
  await mkdir(local, { recursive: true });
  folder = await mkdtemp(join(local, 'example-'));
});
afterAll(async () => {
  await endAll(namespace);
  await workers.close();
  await rm(folder, { recursive: true });
});

/** What a program prints when a person runs it in the folder. */
async function run(code: string): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const file = join(folder, 'example.ts');
  await writeFile(file, code);
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    cwd: folder,
    env: {
      ...process.env,
      TEMPORAL_ADDRESS: shared.temporalAddress,
      TEMPORAL_NAMESPACE: namespace,
    },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [exitCode] = (await once(child, 'close')) as [number];
  return { exitCode, stdout, stderr };
}

describe("the client's first example", () => {
  it('deploys a file, follows it to its end and says how it ended', async () => {
    const [example] = docstringExamples();
    expect(example).toMatchObject({ place: 'src/client.ts, example 1' });
    await copyFile(join(root, 'examples/basic.yaml'), join(folder, 'deploy.yaml'));
    await workers.with(new MemoryLambda(), async () => {
      const { exitCode, stdout, stderr } = await run(example?.code ?? '');
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toMatch(/succeeded \{ deployed: 1 \}\n$/);
    });
  });
});
