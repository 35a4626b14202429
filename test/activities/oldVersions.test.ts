import {
  AddPermissionCommand,
  CreateAliasCommand,
  ListVersionsByFunctionCommand,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from '@jest/globals';
import { activityBench } from '../support/activityBench.js';
import { ExistingFunction } from '../support/existingFunction.js';

async function versionsOf({ place, name }: ExistingFunction): Promise<string[]> {
  const { Versions = [] } = await place.clients.lambda.send(
    new ListVersionsByFunctionCommand({ FunctionName: name }),
  );
  return Versions.map(({ Version = '' }) => Version).filter((one) => one !== '$LATEST');
}

const find = (existing: ExistingFunction, kept: string[] = [], limit = 50) =>
  ({ ...existing.access, keep: 2, kept, limit }) as const;

describe('finding old versions', () => {
  it('leaves out what an alias, also by weight, provisioned concurrency or a permission names', async () => {
    const existing = await ExistingFunction.withVersions(7);
    const { lambda } = existing.place.clients;
    const FunctionName = existing.name;
    await lambda.send(
      new CreateAliasCommand({
        FunctionName,
        Name: 'live',
        FunctionVersion: '1',
        RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } },
      }),
    );
    await lambda.send(
      new PutProvisionedConcurrencyConfigCommand({
        FunctionName,
        Qualifier: '3',
        ProvisionedConcurrentExecutions: 1,
      }),
    );
    await lambda.send(
      new AddPermissionCommand({
        FunctionName,
        Qualifier: '4',
        StatementId: 'invoke',
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
      }),
    );
    const found = await activityBench()('findOldVersions', find(existing));
    expect(found).toEqual({ versions: ['5'], isMore: false });
  });

  it('leaves out what a run names that Temporal remembers, and asks for nothing else of it', async () => {
    const existing = await ExistingFunction.withVersions(5);
    const run = activityBench({
      pastRuns: ({ application, target, function: name }) => {
        expect([application, target, name]).toEqual([
          existing.access.application,
          existing.access.target,
          existing.name,
        ]);
        return Promise.resolve({ rememberedMs: 0, versions: ['2'] });
      },
    });
    expect((await run('findOldVersions', find(existing, ['1']))).versions).toEqual(['3']);
  });

  it('finds nothing that is younger than what Temporal remembers', async () => {
    const existing = await ExistingFunction.withVersions(4);
    const run = activityBench({
      pastRuns: () => Promise.resolve({ rememberedMs: 60_000_000, versions: [] }),
    });
    expect((await run('findOldVersions', find(existing))).versions).toEqual([]);
  });

  it('finds as many as are asked for, and says that there are more', async () => {
    const existing = await ExistingFunction.withVersions(5);
    const found = await activityBench()('findOldVersions', find(existing, [], 2));
    expect(found).toEqual({ versions: ['1', '2'], isMore: true });
  });
});

describe('deleting a version', () => {
  it('deletes that alone, and says the same when it is run again', async () => {
    const existing = await ExistingFunction.withVersions(4);
    const run = activityBench();
    const input = { ...existing.access, version: '1', keep: 2 };
    expect(await run('removeVersion', input)).toEqual({ result: 'removed' });
    expect(await run('removeVersion', input, 2)).toEqual({ result: 'removed' });
    expect(await versionsOf(existing)).toEqual(['2', '3', '4']);
  });

  it('leaves one that an alias has come to name, or that is among the newest by now', async () => {
    const existing = await ExistingFunction.withVersions(4);
    await existing.place.clients.lambda.send(
      new CreateAliasCommand({ FunctionName: existing.name, Name: 'live', FunctionVersion: '1' }),
    );
    const run = activityBench();
    const remove = (version: string) =>
      run('removeVersion', { ...existing.access, version, keep: 2 });
    expect(await remove('1')).toMatchObject({ result: 'left' });
    expect(await remove('3')).toMatchObject({ result: 'left' });
    expect(await versionsOf(existing)).toHaveLength(4);
  });

  it('is not done where Temporal does not confirm that the attempt is the current one', async () => {
    const existing = await ExistingFunction.withVersions(3);
    const run = activityBench({ confirmCurrent: () => Promise.reject(new Error('not current')) });
    const input = { ...existing.access, version: '1', keep: 2 };
    await expect(run('removeVersion', input)).rejects.toMatchObject({ type: 'internal' });
    expect(await versionsOf(existing)).toHaveLength(3);
  });
});
