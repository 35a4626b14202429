import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answererOf } from '../../src/cli/origin/answerer.js';
import { CI_SYSTEMS } from '../../src/cli/origin/ciSystems.js';
import { commitOf } from '../../src/cli/origin/commit.js';

const run = promisify(execFile);
const BUILT = 'b'.repeat(40);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-origin-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A folder that git looks after, with one commit. */
async function checkout(): Promise<{ file: string; commit: string }> {
  const path = await mkdtemp(join(folder, 'checkout-'));
  const git = (...args: string[]) => run('git', ['-C', path, ...args]);
  await git('init', '--quiet');
  const who = ['-c', 'user.name=ana', '-c', 'user.email=ana@example.com'];
  await git(...who, 'commit', '--quiet', '--allow-empty', '--no-gpg-sign', '-m', 'first');
  const { stdout } = await git('rev-parse', 'HEAD');
  return { file: join(path, 'deploy.yaml'), commit: stdout.trim() };
}

describe('where a deployment comes from', () => {
  it.each(CI_SYSTEMS)('is what $name says', async ({ marker, commit, startedBy }) => {
    const environment = {
      [marker]: 'true',
      [commit]: BUILT,
      ...(startedBy !== undefined && { [startedBy]: 'octocat' }),
    };
    expect(await commitOf(undefined, join(folder, 'deploy.yaml'), environment)).toBe(BUILT);
    const person = startedBy === undefined ? userInfo().username : 'octocat';
    expect(answererOf(undefined, environment)).toBe(person);
  });

  it('is what somebody says, whatever the CI system does', async () => {
    const environment = { GITHUB_ACTIONS: 'true', GITHUB_SHA: BUILT, GITHUB_ACTOR: 'octocat' };
    expect(await commitOf('v1.2', '-', environment)).toBe('v1.2');
    expect(answererOf('ana', environment)).toBe('ana');
  });

  it('does not follow the variables of a CI system that this is no job of', async () => {
    expect(answererOf(undefined, { GITHUB_ACTOR: 'octocat' })).toBe(userInfo().username);
    const { file, commit } = await checkout();
    expect(await commitOf(undefined, file, { GIT_COMMIT: BUILT })).toBe(commit);
  });

  it('is the commit that is checked out where the file is', async () => {
    const { file, commit } = await checkout();
    expect(await commitOf(undefined, file, {})).toBe(commit);
  });

  it('is the commit that is checked out where a CI system names none', async () => {
    const { file, commit } = await checkout();
    const environment = { BUILDKITE: 'true', BUILDKITE_COMMIT: 'HEAD' };
    expect(await commitOf(undefined, file, environment)).toBe(commit);
  });

  it('is unknown without git, without a checkout, and before the first commit', async () => {
    expect(await commitOf(undefined, join(folder, 'deploy.yaml'), {})).toBeUndefined();
    await run('git', ['-C', folder, 'init', '--quiet', 'empty']);
    expect(await commitOf(undefined, join(folder, 'empty/deploy.yaml'), {})).toBeUndefined();
    expect(await commitOf(undefined, '/nowhere/deploy.yaml', {})).toBeUndefined();
  });
});
