import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { root } from '../../../dev/setup/paths.js';
import { loadDeploymentFile, readDeployment, type Diagnostic } from '../../../src/config/index.js';
import { DEPLOYMENT_ID, NOW, planOf, SHOP } from '../support.js';

const WEBHOOKS = /^webhooks:\n(?: .*\n)+/m;
const PART = WEBHOOKS.exec(SHOP)?.[0] ?? '';
const REST = SHOP.replace(WEBHOOKS, '');

let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-include-')));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Writes files, by their paths from the folder of the test. */
async function write(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}

async function read(file: string) {
  const texts = await loadDeploymentFile(join(folder, file), file);
  return readDeployment(texts, { deploymentId: DEPLOYMENT_ID, now: NOW });
}

async function wrong(file: string): Promise<Diagnostic[]> {
  const { plan, diagnostics } = await read(file);
  expect(plan).toBeUndefined();
  return diagnostics;
}

describe('a deployment file on the disk', () => {
  it('is read with what it includes, anywhere in its repository', async () => {
    await write({
      'repo/.git/HEAD': 'ref: refs/heads/main\n',
      'repo/services/shop/deploy.yaml': `${REST}include: ../../shared/all.yaml\n`,
      'repo/shared/all.yaml': 'include: [hooks/webhooks.yaml]\n',
      'repo/shared/hooks/webhooks.yaml': PART,
    });
    expect((await read('repo/services/shop/deploy.yaml')).plan).toEqual(planOf(SHOP));
  });

  it('is an example that has no mistake', async () => {
    const texts = await loadDeploymentFile(join(root, 'examples/shared-parts.yaml'));
    const { plan, diagnostics } = readDeployment(texts, { deploymentId: DEPLOYMENT_ID, now: NOW });
    expect(diagnostics).toEqual([]);
    expect(plan?.context).toEqual({ room: 'checkout-releases' });
    expect(Object.keys(plan?.strategies ?? {})).toEqual(['allAtOnce', 'gradual']);
  });

  it('names mistakes in included files as they are seen from where it was named', async () => {
    await write({
      'repo/.git/HEAD': '',
      'repo/shop/deploy.yaml': `${SHOP}include: ../shared/a.yaml\n`,
      'repo/shared/a.yaml': 'context: {}\nowner: me\n',
    });
    expect(await wrong('repo/shop/deploy.yaml')).toMatchObject([
      { code: 'unknown-key', file: 'repo/shared/a.yaml', line: 2, column: 1 },
    ]);
  });

  it('may be in a worktree, which has .git as a file', async () => {
    await write({
      'tree/.git': 'gitdir: /elsewhere\n',
      'tree/shop/deploy.yaml': `${REST}include: ../webhooks.yaml\n`,
      'tree/webhooks.yaml': PART,
    });
    expect((await read('tree/shop/deploy.yaml')).plan).toEqual(planOf(SHOP));
  });

  it('includes a file once that it finds by two ways', async () => {
    const artifact = '{functionName: other, path: s3://shop-packages/o.zip, type: zipFile}';
    await write({
      'repo/.git/HEAD': '',
      'repo/shop/deploy.yaml': `${SHOP}include: [../shared/a.yaml, b.yaml]\n`,
      'repo/shared/a.yaml': 'include: ../shop/b.yaml\n',
      'repo/shop/b.yaml': `artifacts: [${artifact}]\n`,
    });
    expect((await read('repo/shop/deploy.yaml')).diagnostics).toEqual([]);
  });

  it('is told when it includes itself', async () => {
    await write({
      'repo/.git/HEAD': '',
      'repo/shop/deploy.yaml': `${SHOP}include: ../shared/a.yaml\n`,
      'repo/shared/a.yaml': 'include: ../shop/deploy.yaml\n',
    });
    expect(await wrong('repo/shop/deploy.yaml')).toMatchObject([
      { code: 'include-cycle', file: 'repo/shared/a.yaml', line: 1, column: 10 },
    ]);
  });
});

describe('an included file', () => {
  const deploy = async (include: string, files: Record<string, string> = {}) => {
    await write({ 'repo/.git/HEAD': '', ...files });
    await write({ 'repo/deploy.yaml': `include: [${include}]\n${SHOP}` });
    return wrong('repo/deploy.yaml');
  };

  it('is not outside of the repository', async () => {
    const [found] = await deploy('../other.yaml', { 'other.yaml': PART });
    expect(found).toMatchObject({ code: 'include-outside', line: 1, column: 11 });
    expect(found?.message).toContain('"other.yaml" is not in');
  });

  it('is not told to be there or not outside of the repository', async () => {
    const [found] = await deploy('../missing.yaml');
    expect(found).toMatchObject({ code: 'include-outside' });
  });

  it('is not outside of the folder of the file where there is no repository', async () => {
    await write({ 'shop/deploy.yaml': `include: ../other.yaml\n${SHOP}`, 'other.yaml': PART });
    expect(await wrong('shop/deploy.yaml')).toMatchObject([{ code: 'include-outside' }]);
  });

  it('is not outside by way of a link, to it or to a folder', async () => {
    await write({ 'elsewhere/a.yaml': PART, 'repo/.git/HEAD': '' });
    await symlink(join(folder, 'elsewhere/a.yaml'), join(folder, 'repo/link.yaml'));
    await symlink(join(folder, 'elsewhere'), join(folder, 'repo/linked'));
    expect(await deploy('link.yaml, linked/a.yaml')).toMatchObject([
      { code: 'include-outside', column: 11 },
      { code: 'include-outside', column: 22 },
    ]);
  });

  it('may be a link to a file of the repository', async () => {
    await write({ 'repo/.git/HEAD': '', 'repo/shared/a.yaml': PART });
    await symlink('shared/a.yaml', join(folder, 'repo/link.yaml'));
    await write({ 'repo/deploy.yaml': `include: link.yaml\n${REST}` });
    expect((await read('repo/deploy.yaml')).plan).toEqual(planOf(SHOP));
  });

  it('that is not there, or a directory, is named in a sentence', async () => {
    const found = await deploy('missing.yaml, shared, deploy.yaml/a.yaml', {
      'repo/shared/a.yaml': PART,
    });
    expect(found.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'include-unreadable: There is no file repo/missing.yaml.',
      'include-unreadable: "repo/shared" is a directory.',
      'include-unreadable: There is no file repo/deploy.yaml/a.yaml, because a part of its path is not a directory.',
    ]);
  });

  it('that is a pipe is refused, and nobody waits for it', async () => {
    await write({ 'repo/.git/HEAD': '' });
    execFileSync('mkfifo', [join(folder, 'repo/pipe.yaml')]);
    expect(await deploy('pipe.yaml')).toMatchObject([
      { code: 'include-unreadable', message: '"repo/pipe.yaml" is not a file of text.' },
    ]);
  });

  it('is read only as far as shows that all are too large together', async () => {
    const large = `context: {}\n#${' '.repeat(3 * 1024 * 1024)}`;
    expect(await deploy('large.yaml, other.yaml', { 'repo/large.yaml': large })).toMatchObject([
      { code: 'file-too-large', line: 1, column: 11 },
    ]);
    const texts = await loadDeploymentFile(join(folder, 'repo/deploy.yaml'));
    const text = texts.included?.get('large.yaml');
    expect(text).toHaveLength(1024 * 1024 - (texts.text as Uint8Array).length + 1);
  });

  it('of which something is wrong does not keep the others from being told', async () => {
    const found = await deploy('missing.yaml, a.yaml', { 'repo/a.yaml': 'context: {a: *b}\n' });
    expect(found.map(({ code, file }) => [code, file])).toEqual([
      ['include-unreadable', undefined],
      ['unknown-anchor', 'repo/a.yaml'],
    ]);
  });
});
