import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { activityBench, type Run } from '../support/activityBench.js';
import { ExistingFunction } from '../support/existingFunction.js';

let run: Run;
beforeAll(() => {
  run = activityBench();
});

describe('changing settings', () => {
  it('writes what is wanted once, and nothing when it holds already', async () => {
    const existing = await ExistingFunction.make();
    const input = {
      ...existing.access,
      revisionId: existing.latest.revisionId,
      settings: { memorySize: 256, environment: { SECRET: 'new' } },
    };
    const first = await run('updateSettings', input);
    const second = await run('updateSettings', input, 2);
    expect([first.result, second.result]).toEqual(['done', 'done']);
    expect(second.state).toEqual(first.state);
    expect((await existing.place.holds(existing.name))?.settings).toMatchObject({
      memorySize: 256,
      timeout: 3,
      environment: { SECRET: 'new' },
    });
    const writes = await existing.place.writes();
    expect(writes.filter((one) => one === 'UpdateFunctionConfiguration')).toHaveLength(1);
  });

  it('writes nothing when the revision is not the one the workflow knows', async () => {
    const existing = await ExistingFunction.make();
    await existing.place.clients.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: existing.name, Timeout: 77 }),
    );
    const result = await run('updateSettings', {
      ...existing.access,
      revisionId: existing.latest.revisionId,
      settings: { memorySize: 256 },
    });
    expect(result.result).toBe('moved');
    expect(result.state.settings.timeout).toBe(77);
    expect((await existing.place.holds(existing.name))?.settings).toMatchObject({
      memorySize: 128,
    });
  });

  it('says what AWS refuses, without the environment values that AWS repeats', async () => {
    const existing = await ExistingFunction.make();
    const input = {
      ...existing.access,
      revisionId: existing.latest.revisionId,
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
      const existing = await ExistingFunction.make({ versioned });
      const second = await existing.next('second');
      const { revisionId } = existing.latest;
      const result = await run('updateCode', { ...existing.access, revisionId, package: second });
      expect(result.result).toBe('done');
      expect((await existing.place.holds(existing.name))?.codeSha256).toBe(second.codeSha256);
    },
  );

  it('deploys the bytes of the start from a bucket with versions, whatever lies there now', async () => {
    const existing = await ExistingFunction.make({ versioned: true });
    const second = await existing.next('second');
    await existing.next('overwritten');
    const { revisionId } = existing.latest;
    await run('updateCode', { ...existing.access, revisionId, package: second });
    expect((await existing.place.holds(existing.name))?.codeSha256).toBe(second.codeSha256);
  });

  it('notices, without writing, that a bucket without versions holds other bytes now', async () => {
    const existing = await ExistingFunction.make();
    const second = await existing.next('second');
    await existing.next('overwritten');
    const { revisionId } = existing.latest;
    await expect(
      run('updateCode', { ...existing.access, revisionId, package: second }),
    ).rejects.toMatchObject({ type: 'packageChanged' });
    expect((await existing.place.holds(existing.name))?.codeSha256).toBe(existing.first.codeSha256);
    expect(await existing.place.writes()).not.toContain('UpdateFunctionCode');
  });
});

describe('an attempt that Temporal does not confirm', () => {
  it('writes nothing', async () => {
    const existing = await ExistingFunction.make();
    const unconfirmed = activityBench({
      confirmCurrent: () => Promise.reject(new Error('activity not found')),
    });
    await expect(
      unconfirmed('updateSettings', {
        ...existing.access,
        revisionId: existing.latest.revisionId,
        settings: { memorySize: 256 },
      }),
    ).rejects.toThrow('nothing was written');
    expect(await existing.place.writes()).not.toContain('UpdateFunctionConfiguration');
  });
});
