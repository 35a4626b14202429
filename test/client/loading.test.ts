import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const client = new URL('../../src/client.ts', import.meta.url);

/** Every file that a fresh process loads for a module. Node writes them down with the coverage. */
async function filesLoadedFor(module: URL): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-coverage-'));
  try {
    await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', `await import('${module.href}')`],
      { env: { ...process.env, NODE_V8_COVERAGE: folder } },
    );
    const reports = (await readdir(folder)).map((name) => pathToFileURL(join(folder, name)));
    const texts = await Promise.all(reports.map((report) => readFile(report, 'utf8')));
    return texts.flatMap((text) =>
      (JSON.parse(text) as { result: { url: string }[] }).result.map(({ url }) => url),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('importing the client', () => {
  it('loads neither the worker nor AWS, the command line, the gateway, YAML or zod', async () => {
    const files = await filesLoadedFor(client);
    expect(files.some((file) => file.includes('node_modules/@temporalio/client/'))).toBe(true);
    expect(files.some((file) => file.endsWith('/src/client/sluice.ts'))).toBe(true);
    const heavy =
      /@temporalio\/(worker|core-bridge|workflow)\/|@aws-sdk|@smithy|commander|fastify|\/jose\/|\/yaml\/|\/zod\/|src\/(worker|agent|gateway|cli|activities|workflows)\b/;
    expect(files.filter((file) => heavy.test(file))).toEqual([]);
  });
});
