import { CreateAliasCommand } from '@aws-sdk/client-lambda';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { activityBench, type Run } from '../support/activityBench.js';
import { AwsPlace } from '../support/awsPlace.js';
import { ExistingFunction, pin } from '../support/existingFunction.js';

let run: Run;
beforeAll(() => {
  run = activityBench();
});

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
    const existing = await ExistingFunction.make();
    await existing.place.clients.lambda.send(
      new CreateAliasCommand({
        FunctionName: existing.name,
        Name: 'live',
        FunctionVersion: existing.version,
        RoutingConfig: { AdditionalVersionWeights: {} },
      }),
    );
    const inspection = await run('inspectFunction', {
      ...existing.access,
      plan: existing.place.functionPlan(
        existing.name,
        { memorySize: 512, environment: { SECRET: 'hunter2-after' } },
        'live',
      ),
      package: existing.first,
    });
    expect(inspection.served).toEqual({
      code: false,
      settings: ['memorySize', 'environmentHashes'],
    });
    expect(inspection.snapshot.alias).toMatchObject({ version: existing.version, weights: {} });
    expect(JSON.stringify(inspection)).not.toContain('hunter2');
    expect(await existing.place.writes()).not.toContain('UpdateFunctionConfiguration');
  });
});

describe('creating a function', () => {
  it('marks it, and adopts it when the answer to an earlier attempt was lost', async () => {
    const existing = await ExistingFunction.make();
    const plan = existing.place.functionPlan(existing.name);
    const again = await run(
      'createFunction',
      { ...existing.access, plan, package: existing.first },
      2,
    );
    expect(again.state.codeSha256).toBe(existing.first.codeSha256);
    const writes = await existing.place.writes();
    expect(writes.filter((one) => one === 'CreateFunction')).toHaveLength(1);
  });

  it("leaves somebody else's function of the same name alone", async () => {
    const existing = await ExistingFunction.make();
    const stranger = existing.place.access(existing.name);
    const plan = existing.place.functionPlan(existing.name);
    await expect(
      run('createFunction', { ...stranger, plan, package: existing.first }),
    ).rejects.toMatchObject({ type: 'foreignChange', nonRetryable: true });
  });
});
