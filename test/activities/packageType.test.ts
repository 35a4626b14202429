import {
  CreateAliasCommand,
  CreateFunctionCommand,
  PublishVersionCommand,
} from '@aws-sdk/client-lambda';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { activityBench, type Run } from '../support/activityBench.js';
import { AwsPlace } from '../support/awsPlace.js';
import { pin } from '../support/existingFunction.js';
import { uniqueName } from '../support/names.js';

let run: Run;
beforeAll(() => {
  run = activityBench();
});

/** A container image with an alias, and a zip file that somebody wants to deploy there. */
async function containerImage() {
  const place = await AwsPlace.make();
  const name = uniqueName('orders');
  const { lambda } = place.clients;
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      PackageType: 'Image',
      Role: place.executionRoleArn,
      Code: { ImageUri: `${place.account}.dkr.ecr.us-east-1.amazonaws.com/orders:1` },
    }),
  );
  await place.settled(name);
  await lambda.send(new PublishVersionCommand({ FunctionName: name }));
  await lambda.send(
    new CreateAliasCommand({ FunctionName: name, Name: 'live', FunctionVersion: '1' }),
  );
  await place.put(`${name}.zip`, 'new');
  return { place, name, access: place.access(name) };
}

describe('a function that is a container image', () => {
  it.each([undefined, 'live'])(
    'is not deployed to from a zip file, and that is said before anything is written (alias: %s)',
    async (alias) => {
      const { place, name, access } = await containerImage();
      const writes = await place.writes();
      const looked = run('inspectFunction', {
        ...access,
        plan: place.functionPlan(name, {}, alias),
        package: await pin(place, access),
      });
      await expect(looked).rejects.toMatchObject({
        type: 'packageRejected',
        nonRetryable: true,
        message: `${name} in us-east-1 is a container image, and AWS makes no function of a zip file of it.`,
      });
      expect(await place.writes()).toEqual(writes);
    },
  );

  it('has its alias given back to an earlier version all the same', async () => {
    const { name, access } = await containerImage();
    const plan = { name, alias: 'live', version: '1' };
    const { snapshot } = await run('inspectVersion', { ...access, plan });
    expect(snapshot.alias?.version).toBe('1');
    await expect(
      run('inspectVersion', { ...access, plan: { name, version: '1' } }),
    ).rejects.toMatchObject({ type: 'packageRejected' });
  });
});
