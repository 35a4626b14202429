import {
  AddPermissionCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { FUNCTION_TAG, markText } from '../../src/domain/marks.js';
import { activityBench, type Run } from '../support/activityBench.js';
import { ExistingFunction, latest, pin, publish } from '../support/existingFunction.js';
import { uniqueName } from '../support/names.js';

let run: Run;
beforeAll(() => {
  run = activityBench();
});

describe('removing what a deployment created', () => {
  it('deletes the function that carries its mark', async () => {
    const existing = await ExistingFunction.make();
    const mine = markText({ deploymentId: existing.access.deploymentId });
    const fresh = uniqueName('fresh');
    const access = { ...existing.access, function: fresh };
    await existing.place.put(`${fresh}.zip`, 'fresh');
    const pinned = await pin(existing.place, access);
    const plan = existing.place.functionPlan(fresh);
    const created = await run('createFunction', { ...access, plan, package: pinned });
    await publish(access, created, mine);
    expect(await run('removeFunction', access)).toEqual({ result: 'removed' });
    expect(await existing.place.holds(fresh)).toBeUndefined();
    expect(await run('removeFunction', access, 2)).toEqual({ result: 'removed' });
  });

  it('leaves a function with a version of somebody else', async () => {
    const existing = await ExistingFunction.make();
    expect(await run('removeFunction', existing.access)).toMatchObject({
      result: 'left',
      reason: expect.stringContaining('a version') as string,
    });
    expect(await existing.place.holds(existing.name)).toBeDefined();
  });

  it('leaves a function that got a permission, and one without the mark', async () => {
    const existing = await ExistingFunction.make();
    const fresh = { ...existing.access, function: uniqueName('fresh') };
    await existing.place.put(`${fresh.function}.zip`, 'fresh');
    const pinned = await pin(existing.place, fresh);
    const plan = existing.place.functionPlan(fresh.function);
    await run('createFunction', { ...fresh, plan, package: pinned });
    await existing.place.clients.lambda.send(
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
    const stranger = existing.place.access(fresh.function);
    expect(await run('removeFunction', stranger)).toMatchObject({ result: 'left' });
    expect(FUNCTION_TAG).toBe('sluice:deployment');
  });

  it('deletes its alias, but not one that serves something else by now', async () => {
    const existing = await ExistingFunction.make();
    const { access, version } = existing;
    await run('createAlias', { ...access, alias: 'live', version });
    await existing.place.clients.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: existing.name, MemorySize: 512 }),
    );
    await latest(existing);
    const { Version = '' } = await existing.place.clients.lambda.send(
      new PublishVersionCommand({ FunctionName: existing.name }),
    );
    const input = { ...access, alias: 'live' };
    expect(await run('removeAlias', { ...input, version: Version })).toMatchObject({
      result: 'left',
    });
    expect(await run('removeAlias', { ...input, version })).toEqual({ result: 'removed' });
    expect((await existing.place.holds(existing.name, 'live'))?.alias).toBeUndefined();
  });
});
