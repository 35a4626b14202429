import { DeleteFunctionCommand } from '@aws-sdk/client-lambda';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { packageUri, type PinnedPackage } from '../../src/domain/packages.js';
import type { FunctionState } from '../../src/domain/functions.js';
import { activityBench, type Run } from '../support/activityBench.js';
import { ExistingFunction, latest } from '../support/existingFunction.js';

let run: Run;
beforeAll(() => {
  run = activityBench();
});

interface Changed {
  existing: ExistingFunction;
  before: FunctionState;
  revisionId: string;
}

/** A function with other code and settings than the version has that somebody deleted. */
async function changed(options: { versioned: boolean }): Promise<Changed> {
  const existing = await ExistingFunction.make(options);
  const { access, latest: before, name, place, version } = existing;
  const settings = { memorySize: 256, environment: { SECRET: 'after' } };
  const written = await run('updateSettings', {
    ...access,
    revisionId: before.revisionId,
    settings,
  });
  const second = await existing.next('second');
  const { revisionId } = written.state;
  const { state } = await run('updateCode', { ...access, revisionId, package: second });
  await place.clients.lambda.send(
    new DeleteFunctionCommand({ FunctionName: name, Qualifier: version }),
  );
  return { existing, before, revisionId: state.revisionId };
}

const codeBefore = ({ codeSha256, settings }: FunctionState, made?: PinnedPackage) => ({
  codeSha256,
  settings: { architectures: settings.architectures },
  ...(made !== undefined && { packageUri: packageUri(made) }),
});

describe('where the version to go back to was deleted', () => {
  it('the settings that are known come back, and the values of an environment cannot', async () => {
    const { existing, before, revisionId } = await changed({ versioned: false });
    const input = { ...existing.access, fromVersion: existing.version };
    const names = ['memorySize'] as const;
    const restored = await run('restoreSettings', {
      ...input,
      revisionId,
      names: [...names],
      before: { memorySize: before.settings.memorySize },
    });
    expect(restored.result).toBe('done');
    const held = await existing.place.holds(existing.name);
    expect(held?.settings).toMatchObject({ memorySize: 128, environment: { SECRET: 'after' } });
    const environment = run('restoreSettings', {
      ...input,
      revisionId: restored.state.revisionId,
      names: ['environmentHashes'],
      before: { environmentHashes: before.settings.environmentHashes },
    });
    await expect(environment).rejects.toMatchObject({
      type: 'notRestored',
      nonRetryable: true,
      message: expect.stringContaining('the version that held its values was deleted'),
    });
  });

  it('an environment without variables comes back', async () => {
    const { existing, revisionId } = await changed({ versioned: false });
    const restored = await run('restoreSettings', {
      ...existing.access,
      fromVersion: existing.version,
      revisionId,
      names: ['environmentHashes'],
      before: { environmentHashes: {} },
    });
    expect(restored.result).toBe('done');
    const held = await existing.place.holds(existing.name);
    expect(held?.settings.environment).toEqual({});
  });

  it.each([
    ['a version of the object', true],
    ['bytes that are still the same', false],
  ])('the code comes from the package that is recorded with %s', async (_, versioned) => {
    const { existing, before, revisionId } = await changed({ versioned });
    const { first } = existing;
    if (!versioned) await existing.next('first');
    const restored = await run('restoreCode', {
      ...existing.access,
      revisionId,
      fromVersion: existing.version,
      before: codeBefore(before, first),
    });
    expect(restored.result).toBe('done');
    expect((await existing.place.holds(existing.name))?.codeSha256).toBe(first.codeSha256);
  });

  it.each([
    ['other bytes', true, 'is gone or has other bytes'],
    ['no package at all', false, 'no package of it is recorded'],
  ])('the code is not given back where there is %s', async (_, isRecorded, said) => {
    const { existing, before, revisionId } = await changed({ versioned: false });
    const given = run('restoreCode', {
      ...existing.access,
      revisionId,
      fromVersion: existing.version,
      before: codeBefore(before, isRecorded ? existing.first : undefined),
    });
    await expect(given).rejects.toMatchObject({
      type: 'notRestored',
      nonRetryable: true,
      message: expect.stringMatching(
        new RegExp(`version ${existing.version}, which held it, was deleted.*${said}`),
      ),
    });
    expect((await latest(existing)).codeSha256).not.toBe(before.codeSha256);
  });
});

describe('a function that is read back', () => {
  it('is told as AWS has it, with what its alias serves', async () => {
    const existing = await ExistingFunction.make();
    const { access, latest: before, first } = existing;
    await run('createAlias', { ...access, alias: 'live', version: existing.version });
    const second = await existing.next('second');
    const { revisionId } = before;
    await run('updateCode', { ...access, revisionId, package: second });
    expect(await run('readBack', { ...access, alias: 'live' })).toMatchObject({
      latest: { codeSha256: second.codeSha256 },
      alias: { version: existing.version, weights: {} },
      servedCodeSha256: first.codeSha256,
    });
  });

  it('is told to be gone where it is', async () => {
    const { access } = await ExistingFunction.make();
    const seen = await run('readBack', { ...access, function: 'nobody' });
    expect(Object.keys(seen)).toEqual(['readAt']);
  });
});
