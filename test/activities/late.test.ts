import {
  CreateAliasCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from '@jest/globals';
import { activityBench, type Run } from '../support/activityBench.js';
import { ExistingFunction, latest, publish } from '../support/existingFunction.js';

/** A second attempt, and what an earlier one had sent arrives right before its own request does. */
function overtakenBy(send: () => Promise<unknown>): Run {
  let isOnItsWay = true;
  return activityBench({
    confirmCurrent: async () => {
      if (!isOnItsWay) return;
      isOnItsWay = false;
      await send();
    },
  });
}

describe('a request of an earlier attempt that arrives late', () => {
  it('has made the settings what they should be: they are nobody else’s', async () => {
    const existing = await ExistingFunction.make();
    const { access, name, place } = existing;
    const { revisionId } = existing.latest;
    const run = overtakenBy(async () => {
      await place.clients.lambda.send(
        new UpdateFunctionConfigurationCommand({
          FunctionName: name,
          MemorySize: 256,
          RevisionId: revisionId,
        }),
      );
      await place.settled(name);
    });
    const settings = { memorySize: 256 };
    const result = await run('updateSettings', { ...access, revisionId, settings }, 2);
    expect(result).toMatchObject({ result: 'done', state: { settings } });
    const writes = await place.writes();
    expect(writes.filter((one) => one === 'UpdateFunctionConfiguration')).toHaveLength(1);
  });

  it('has shifted the alias: that is nobody else’s doing', async () => {
    const existing = await ExistingFunction.make();
    const { access, name, place, version } = existing;
    const { lambda } = place.clients;
    const { revisionId } = existing.latest;
    await activityBench()('updateSettings', {
      ...access,
      revisionId,
      settings: { memorySize: 256 },
    });
    const next = (await publish(access, await latest(existing), 'next')).version.version;
    const { RevisionId = '' } = await lambda.send(
      new CreateAliasCommand({ FunctionName: name, Name: 'live', FunctionVersion: version }),
    );
    const shape = { version, weights: { [next]: 0.25 } };
    const run = overtakenBy(() =>
      lambda.send(
        new UpdateAliasCommand({
          FunctionName: name,
          Name: 'live',
          RoutingConfig: { AdditionalVersionWeights: shape.weights },
          RevisionId,
        }),
      ),
    );
    const input = { ...access, alias: 'live', shape, revisionId: RevisionId };
    expect(await run('updateAlias', input, 2)).toMatchObject({ result: 'done', state: shape });
    expect((await place.holds(name, 'live'))?.alias).toEqual(shape);
  });
});
