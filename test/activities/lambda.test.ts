import {
  AddPermissionCommand,
  CreateAliasCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FunctionAccess } from '../../src/activities/access.js';
import type { Published } from '../../src/activities/publish.js';
import type { FunctionState } from '../../src/domain/functions.js';
import type { PinnedPackage } from '../../src/domain/packages.js';
import { FUNCTION_TAG, markText } from '../../src/domain/marks.js';
import { activityBench, type Run } from '../support/activityBench.js';
import { AwsPlace } from '../support/awsPlace.js';
import { uniqueName } from '../support/names.js';

let run: Run;
beforeAll(() => {
  run = activityBench();
});

/** A function that exists, with a published version, in a place of its own. */
class Existing {
  private constructor(
    readonly place: AwsPlace,
    readonly name: string,
    readonly access: FunctionAccess,
    readonly first: PinnedPackage,
    public latest: FunctionState,
    readonly version: string,
  ) {}

  static async make(options: { versioned?: boolean } = {}): Promise<Existing> {
    const place = await AwsPlace.make(options);
    const name = uniqueName('orders');
    const access = place.access(name);
    await place.put(`${name}.zip`, 'first');
    const first = await pin(place, access);
    const plan = place.functionPlan(name, { environment: { SECRET: 'hunter2-before' } });
    const created = await run('createFunction', { ...access, plan, package: first });
    const published = await publish(access, created, 'from before');
    return new Existing(place, name, access, first, published, published.version.version);
  }

  async next(text: string): Promise<PinnedPackage> {
    await this.place.put(`${this.name}.zip`, text);
    return pin(this.place, this.access);
  }
}

async function pin(place: AwsPlace, access: FunctionAccess): Promise<PinnedPackage> {
  const location = place.functionPlan(access.function).package;
  const [result] = await run('pinPackages', [{ ...access, package: location }]);
  if (result === undefined || 'failure' in result) throw new Error(JSON.stringify(result));
  return result.pinned;
}

async function publish(
  access: FunctionAccess,
  { revisionId, codeSha256 }: FunctionState,
  description: string,
): Promise<Published> {
  const result = await run('publishVersion', { ...access, revisionId, codeSha256, description });
  expect(result.result).toBe('done');
  return result.state as Published;
}

describe('looking at a function', () => {
  it('finds nothing where there is nothing', async () => {
    const place = await AwsPlace.make();
    const access = place.access('none');
    await place.put('none.zip', 'x');
    const inspection = await run('inspectFunction', {
      ...access,
      plan: place.functionPlan('none', {}, 'live'),
      package: await pin(place, access),
    });
    expect(inspection.snapshot).toEqual({});
    expect(inspection.served).toBeUndefined();
  });

  it('compares with what the alias serves, and tells no environment value', async () => {
    const it = await Existing.make();
    await it.place.clients.lambda.send(
      new CreateAliasCommand({
        FunctionName: it.name,
        Name: 'live',
        FunctionVersion: it.version,
        RoutingConfig: { AdditionalVersionWeights: {} },
      }),
    );
    const inspection = await run('inspectFunction', {
      ...it.access,
      plan: it.place.functionPlan(
        it.name,
        { memorySize: 512, environment: { SECRET: 'hunter2-after' } },
        'live',
      ),
      package: it.first,
    });
    expect(inspection.served).toEqual({
      code: false,
      settings: ['memorySize', 'environmentHashes'],
    });
    expect(inspection.snapshot.alias).toMatchObject({ version: it.version, weights: {} });
    expect(JSON.stringify(inspection)).not.toContain('hunter2');
    expect(await it.place.writes()).not.toContain('UpdateFunctionConfiguration');
  });
});

describe('creating a function', () => {
  it('marks it, and adopts it when the answer to an earlier attempt was lost', async () => {
    const it = await Existing.make();
    const plan = it.place.functionPlan(it.name);
    const again = await run('createFunction', { ...it.access, plan, package: it.first }, 2);
    expect(again.codeSha256).toBe(it.first.codeSha256);
    const writes = await it.place.writes();
    expect(writes.filter((one) => one === 'CreateFunction')).toHaveLength(1);
  });

  it("leaves somebody else's function of the same name alone", async () => {
    const it = await Existing.make();
    const stranger = it.place.access(it.name);
    const plan = it.place.functionPlan(it.name);
    await expect(
      run('createFunction', { ...stranger, plan, package: it.first }),
    ).rejects.toMatchObject({ type: 'foreignChange', nonRetryable: true });
  });
});

describe('changing settings', () => {
  it('writes what is wanted once, and nothing when it holds already', async () => {
    const it = await Existing.make();
    const input = {
      ...it.access,
      revisionId: it.latest.revisionId,
      settings: { memorySize: 256, environment: { SECRET: 'new' } },
    };
    const first = await run('updateSettings', input);
    const second = await run('updateSettings', input, 2);
    expect([first.result, second.result]).toEqual(['done', 'done']);
    expect(second.state).toEqual(first.state);
    expect((await it.place.holds(it.name))?.settings).toMatchObject({
      memorySize: 256,
      timeout: 3,
      environment: { SECRET: 'new' },
    });
    const writes = await it.place.writes();
    expect(writes.filter((one) => one === 'UpdateFunctionConfiguration')).toHaveLength(1);
  });

  it('writes nothing when the revision is not the one the workflow knows', async () => {
    const it = await Existing.make();
    await it.place.clients.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: it.name, Timeout: 77 }),
    );
    const result = await run('updateSettings', {
      ...it.access,
      revisionId: it.latest.revisionId,
      settings: { memorySize: 256 },
    });
    expect(result.result).toBe('moved');
    expect(result.state.settings.timeout).toBe(77);
    expect((await it.place.holds(it.name))?.settings).toMatchObject({ memorySize: 128 });
  });

  it('says what AWS refuses, without the environment values that AWS repeats', async () => {
    const it = await Existing.make();
    const input = {
      ...it.access,
      revisionId: it.latest.revisionId,
      settings: { runtime: 'cobol74', environment: { SECRET: 'hunter2' } },
    };
    const error = await run('updateSettings', input).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ type: 'settingsRejected', nonRetryable: true });
    expect((error as Error).message).toContain('cobol74');
    expect(JSON.stringify(error)).not.toContain('hunter2');
  });
});

describe('changing code', () => {
  it.each([true, false])(
    'deploys the pinned bytes (bucket with versions: %s)',
    async (versioned) => {
      const it = await Existing.make({ versioned });
      const second = await it.next('second');
      const { revisionId } = it.latest;
      const result = await run('updateCode', { ...it.access, revisionId, package: second });
      expect(result.result).toBe('done');
      expect((await it.place.holds(it.name))?.codeSha256).toBe(second.codeSha256);
    },
  );

  it('deploys the bytes of the start from a bucket with versions, whatever lies there now', async () => {
    const it = await Existing.make({ versioned: true });
    const second = await it.next('second');
    await it.next('overwritten');
    const { revisionId } = it.latest;
    await run('updateCode', { ...it.access, revisionId, package: second });
    expect((await it.place.holds(it.name))?.codeSha256).toBe(second.codeSha256);
  });

  it('notices, without writing, that a bucket without versions holds other bytes now', async () => {
    const it = await Existing.make();
    const second = await it.next('second');
    await it.next('overwritten');
    const { revisionId } = it.latest;
    await expect(
      run('updateCode', { ...it.access, revisionId, package: second }),
    ).rejects.toMatchObject({ type: 'packageChanged' });
    expect((await it.place.holds(it.name))?.codeSha256).toBe(it.first.codeSha256);
    expect(await it.place.writes()).not.toContain('UpdateFunctionCode');
  });
});

describe('publishing a version', () => {
  it('gives the same version for a second attempt with the fresh revision', async () => {
    const it = await Existing.make();
    const moved = await run('publishVersion', {
      ...it.access,
      revisionId: 'an earlier one',
      codeSha256: it.first.codeSha256,
      description: 'x',
    });
    expect(moved.result).toBe('moved');
    const again = await publish(it.access, moved.state, 'x');
    expect(again.version.version).toBe(it.version);
    expect((await it.place.holds(it.name))?.versions).toHaveLength(1);
  });
});

describe('an alias', () => {
  it('is created with a mark, and adopted by a second attempt', async () => {
    const it = await Existing.make();
    const input = { ...it.access, alias: 'live', version: it.version };
    const first = await run('createAlias', input);
    expect(await run('createAlias', input, 2)).toEqual(first);
    expect(first.description).toBe(markText({ deploymentId: it.access.deploymentId }));
  });

  it('takes exactly the shape it is given, once', async () => {
    const it = await Existing.make();
    const created = await run('createAlias', { ...it.access, alias: 'live', version: it.version });
    const { revisionId } = await latest(it);
    await run('updateSettings', { ...it.access, revisionId, settings: { memorySize: 256 } });
    const second = await publish(it.access, await latest(it), 'second');
    const shape = { version: it.version, weights: { [second.version.version]: 0.25 } };
    const input = { ...it.access, alias: 'live', shape, revisionId: created.revisionId };
    const updated = await run('updateAlias', input);
    expect(updated.result).toBe('done');
    expect((await run('updateAlias', input, 2)).state).toEqual(updated.state);
    expect((await it.place.holds(it.name, 'live'))?.alias).toEqual(shape);

    const clear = { version: second.version.version, weights: {} };
    const stale = { ...it.access, alias: 'live', shape: clear, revisionId: created.revisionId };
    expect((await run('updateAlias', stale)).result).toBe('moved');
    expect((await it.place.holds(it.name, 'live'))?.alias).toEqual(shape);
    await run('updateAlias', { ...stale, revisionId: updated.state.revisionId });
    expect((await it.place.holds(it.name, 'live'))?.alias).toEqual(clear);
  });
});

async function latest(it: Existing): Promise<FunctionState> {
  const { snapshot } = await run('inspectFunction', {
    ...it.access,
    plan: it.place.functionPlan(it.name),
    package: it.first,
  });
  if (snapshot.latest === undefined) throw new Error('the function is gone');
  return snapshot.latest;
}

describe('restoring', () => {
  it('brings back the named settings, environment values and all, and no others', async () => {
    const it = await Existing.make();
    const settings = { memorySize: 256, timeout: 9, environment: { SECRET: 'after' } };
    await run('updateSettings', { ...it.access, revisionId: it.latest.revisionId, settings });
    const restored = await run('restoreSettings', {
      ...it.access,
      revisionId: (await latest(it)).revisionId,
      fromVersion: it.version,
      names: ['memorySize', 'environmentHashes'],
    });
    expect(restored.result).toBe('done');
    expect((await it.place.holds(it.name))?.settings).toMatchObject({
      memorySize: 128,
      timeout: 9,
      environment: { SECRET: 'hunter2-before' },
    });
  });

  it('brings the old code back from the published version', async () => {
    const it = await Existing.make();
    const second = await it.next('second');
    const { revisionId } = it.latest;
    const changed = await run('updateCode', { ...it.access, revisionId, package: second });
    const restored = await run('restoreCode', {
      ...it.access,
      revisionId: changed.state.revisionId,
      fromVersion: it.version,
    });
    expect(restored.result).toBe('done');
    expect((await it.place.holds(it.name))?.codeSha256).toBe(it.first.codeSha256);
  });

  it('takes the recorded package where its object version is known', async () => {
    const it = await Existing.make({ versioned: true });
    const second = await it.next('second');
    const { revisionId } = it.latest;
    const changed = await run('updateCode', { ...it.access, revisionId, package: second });
    const uri = `s3://${second.bucket}/${second.key}?versionId=${second.versionId ?? ''}`;
    const description = markText({ deploymentId: it.access.deploymentId, packageUri: uri });
    const published = await publish(it.access, changed.state, description);
    const third = await it.next('third');
    const after = await run('updateCode', {
      ...it.access,
      revisionId: published.revisionId,
      package: third,
    });
    await run('restoreCode', {
      ...it.access,
      revisionId: after.state.revisionId,
      fromVersion: published.version.version,
    });
    expect((await it.place.holds(it.name))?.codeSha256).toBe(second.codeSha256);
    const last = (await it.place.requests()).filter(
      (one) => one.operation === 'UpdateFunctionCode',
    );
    expect(last.at(-1)?.parameters).toMatchObject({ S3ObjectVersion: second.versionId });
  });
});

describe('removing what a deployment created', () => {
  it('deletes the function that carries its mark', async () => {
    const it = await Existing.make();
    const mine = markText({ deploymentId: it.access.deploymentId });
    const fresh = uniqueName('fresh');
    const access = { ...it.access, function: fresh };
    await it.place.put(`${fresh}.zip`, 'fresh');
    const pinned = await pin(it.place, access);
    const plan = it.place.functionPlan(fresh);
    const created = await run('createFunction', { ...access, plan, package: pinned });
    await publish(access, created, mine);
    expect(await run('removeFunction', access)).toEqual({ result: 'removed' });
    expect(await it.place.holds(fresh)).toBeUndefined();
    expect(await run('removeFunction', access, 2)).toEqual({ result: 'removed' });
  });

  it('leaves a function with a version of somebody else', async () => {
    const it = await Existing.make();
    expect(await run('removeFunction', it.access)).toMatchObject({
      result: 'left',
      reason: expect.stringContaining('a version') as string,
    });
    expect(await it.place.holds(it.name)).toBeDefined();
  });

  it('leaves a function that got a permission, and one without the mark', async () => {
    const it = await Existing.make();
    const fresh = { ...it.access, function: uniqueName('fresh') };
    await it.place.put(`${fresh.function}.zip`, 'fresh');
    const pinned = await pin(it.place, fresh);
    const plan = it.place.functionPlan(fresh.function);
    await run('createFunction', { ...fresh, plan, package: pinned });
    await it.place.clients.lambda.send(
      new AddPermissionCommand({
        FunctionName: fresh.function,
        StatementId: 'api',
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
      }),
    );
    expect(await run('removeFunction', fresh)).toMatchObject({
      result: 'left',
      reason: expect.stringContaining('a permission') as string,
    });
    const stranger = it.place.access(fresh.function);
    expect(await run('removeFunction', stranger)).toMatchObject({ result: 'left' });
    expect(FUNCTION_TAG).toBe('sluice:deployment');
  });

  it('deletes its alias, but not one that serves something else by now', async () => {
    const it = await Existing.make();
    const { access, version } = it;
    await run('createAlias', { ...access, alias: 'live', version });
    await it.place.clients.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: it.name, MemorySize: 512 }),
    );
    await latest(it);
    const { Version = '' } = await it.place.clients.lambda.send(
      new PublishVersionCommand({ FunctionName: it.name }),
    );
    const input = { ...access, alias: 'live' };
    expect(await run('removeAlias', { ...input, version: Version })).toMatchObject({
      result: 'left',
    });
    expect(await run('removeAlias', { ...input, version })).toEqual({ result: 'removed' });
    expect((await it.place.holds(it.name, 'live'))?.alias).toBeUndefined();
  });
});

describe('an attempt that Temporal does not confirm', () => {
  it('writes nothing', async () => {
    const it = await Existing.make();
    const unconfirmed = activityBench({
      confirmCurrent: () => Promise.reject(new Error('activity not found')),
    });
    await expect(
      unconfirmed('updateSettings', {
        ...it.access,
        revisionId: it.latest.revisionId,
        settings: { memorySize: 256 },
      }),
    ).rejects.toThrow('nothing was written');
    expect(await it.place.writes()).not.toContain('UpdateFunctionConfiguration');
  });
});
