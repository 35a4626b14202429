import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadDeploymentFile, readDeployment, UnreadableFile } from '../../src/config/index.js';
import { codes, DEPLOYMENT_ID, SHOP } from './support.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-config-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function refusalOf(path: string): Promise<unknown> {
  return loadDeploymentFile(path).catch((error: unknown) => error);
}

describe('a deployment file', () => {
  it('is read as it is', async () => {
    const path = join(folder, 'deploy.yaml');
    await writeFile(path, SHOP);
    const { plan } = readDeployment(await loadDeploymentFile(path), {
      deploymentId: DEPLOYMENT_ID,
    });
    expect(plan?.application).toBe('Shop');
  });

  it('is read only as far as shows that it is too large', async () => {
    const path = join(folder, 'large.yaml');
    await writeFile(path, '#'.repeat(3 * 1024 * 1024));
    const { text } = await loadDeploymentFile(path);
    expect(text).toHaveLength(1024 * 1024 + 1);
    expect(codes(text)).toEqual(['file-too-large']);
  });

  it('that is not there is named in a sentence', async () => {
    const path = join(folder, 'missing.yaml');
    const error = await refusalOf(path);
    expect(error).toBeInstanceOf(UnreadableFile);
    expect(error).toHaveProperty('message', `There is no file ${path}. Check the path.`);
  });

  it('that is a directory is named as one', async () => {
    expect(await refusalOf(folder)).toHaveProperty(
      'message',
      `${folder} is a directory. Name the deployment file in it.`,
    );
  });

  it('whose name is empty is not looked for', async () => {
    expect(await refusalOf('')).toHaveProperty('message', 'No file is named: the name is empty.');
  });

  it('whose path goes through a file is not there', async () => {
    const path = join(folder, 'deploy.yaml', 'x');
    expect(await refusalOf(path)).toHaveProperty('message', expect.stringContaining('no file'));
  });

  it('with a name that no file can have is refused in a sentence as well', async () => {
    const error = await refusalOf('a\0b');
    expect(error).toBeInstanceOf(UnreadableFile);
    expect(String(error)).not.toMatch(/\p{Cc}/u);
  });

  (process.getuid?.() === 0 ? it.skip : it)('that may not be read is said to be so', async () => {
    const path = join(folder, 'secret.yaml');
    await writeFile(path, SHOP, { mode: 0 });
    expect(await refusalOf(path)).toHaveProperty(
      'message',
      expect.stringMatching(/^You may not read/),
    );
  });
});
