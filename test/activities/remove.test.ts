import {
  AddPermissionCommand,
  CreateAliasCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { RemoveFunctionInput } from '../../src/activities/remove.js';
import { markText } from '../../src/domain/marks.js';
import { activityBench, type Run } from '../support/activityBench.js';
import { AwsPlace } from '../support/awsPlace.js';
import { ExistingFunction, latest, pin, publish } from '../support/existingFunction.js';
import { uniqueName } from '../support/names.js';

let run: Run;
beforeAll(() => {
  run = activityBench({ requestsPerSecond: 10 });
});

/** A function that a deployment has made: code, settings and one version. */
async function created(): Promise<{ place: AwsPlace; input: RemoveFunctionInput }> {
  const place = await AwsPlace.make();
  const access = place.access(uniqueName('fresh'));
  await place.put(`${access.function}.zip`, 'fresh');
  const pinned = await pin(place, access);
  const plan = place.functionPlan(access.function);
  const { state: made } = await run('createFunction', { ...access, plan, package: pinned });
  await publish(access, made, markText({ deploymentId: access.deploymentId }));
  const { runtime, handler, role } = made.settings;
  const settings = { runtime, handler, role };
  return { place, input: { ...access, codeSha256: pinned.codeSha256, settings } };
}

const left = (reason: string) => ({
  result: 'left',
  reason: expect.stringContaining(reason),
});

describe('removing a function that a deployment created', () => {
  it('deletes it, and finds it gone when the answer was lost', async () => {
    const { place, input } = await created();
    const alias = { ...input, alias: 'live', version: '1' };
    await run('createAlias', alias);
    expect(await run('removeFunction', input)).toEqual({ result: 'removed' });
    expect(await place.holds(input.function)).toBeUndefined();
    expect(await run('removeFunction', input, 2)).toEqual({ result: 'removed' });
  });

  it('leaves it when somebody has given it a permission', async () => {
    const { place, input } = await created();
    await place.clients.lambda.send(
      new AddPermissionCommand({
        FunctionName: input.function,
        StatementId: 'api',
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
      }),
    );
    expect(await run('removeFunction', input)).toMatchObject(left('a permission'));
  });

  it('leaves it when somebody has made an alias, even of the planned name', async () => {
    const { place, input } = await created();
    await place.clients.lambda.send(
      new CreateAliasCommand({
        FunctionName: input.function,
        Name: 'live',
        FunctionVersion: '1',
        RoutingConfig: { AdditionalVersionWeights: {} },
      }),
    );
    expect(await run('removeFunction', input)).toMatchObject(left('an alias'));
    expect(await place.holds(input.function)).toBeDefined();
  });

  it('leaves it when its code or its settings are somebody else’s by now', async () => {
    const { input } = await created();
    const others = [{ codeSha256: 'another' }, { settings: { handler: 'another.handler' } }];
    for (const other of others) {
      const wanted = { ...input, ...other };
      expect(await run('removeFunction', wanted)).toMatchObject(
        left('someone else has changed it'),
      );
    }
  });

  it('leaves one that it did not create', async () => {
    const existing = await ExistingFunction.make();
    const { codeSha256 } = existing.first;
    const stranger = existing.place.access(existing.name);
    expect(await run('removeFunction', { ...stranger, codeSha256, settings: {} })).toMatchObject({
      result: 'left',
      ours: false,
    });
    const withVersion = { ...existing.access, codeSha256, settings: {} };
    expect(await run('removeFunction', withVersion)).toMatchObject(left('a version'));
    expect(await existing.place.holds(existing.name)).toBeDefined();
  });
});

describe('removing an alias that a deployment created', () => {
  it('leaves it, and its function, when somebody has given a permission on it', async () => {
    const { place, input } = await created();
    const aliased = { ...input, alias: 'live', version: '1' };
    await run('createAlias', aliased);
    await place.clients.lambda.send(
      new AddPermissionCommand({
        FunctionName: input.function,
        Qualifier: 'live',
        StatementId: 'api',
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
      }),
    );
    expect(await run('removeAlias', aliased)).toMatchObject(left('a permission'));
    expect(await run('removeFunction', input)).toMatchObject(left('a permission'));
    expect((await place.holds(input.function, 'live'))?.alias).toBeDefined();
  });

  it('deletes it, but not when it serves something else by now', async () => {
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
    expect(await run('removeAlias', { ...input, version: Version })).toMatchObject(
      left('someone else has changed it'),
    );
    expect(await run('removeAlias', { ...input, version })).toEqual({ result: 'removed' });
    expect((await existing.place.holds(existing.name, 'live'))?.alias).toBeUndefined();
  });
});
