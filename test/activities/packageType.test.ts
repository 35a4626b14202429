import { CreateAliasCommand, PublishVersionCommand } from '@aws-sdk/client-lambda';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { activityBench, type Run } from '../support/activityBench.js';
import { AwsPlace } from '../support/awsPlace.js';
import { ExistingFunction, pin } from '../support/existingFunction.js';
import { imagePlan, ImageRepository, makeImageFunction } from '../support/imageRepository.js';
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
  const repository = await ImageRepository.make(place, name);
  await repository.put('first');
  await makeImageFunction(place, repository, name);
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
        details: [
          { remedy: expect.stringContaining('Deploy the zip file as a function of another') },
        ],
      });
      expect(await place.writes()).toEqual(writes);
    },
  );

  it('is given back to an earlier version, with an alias or without', async () => {
    const { name, access } = await containerImage();
    const plan = { name, alias: 'live', version: '1' };
    const { snapshot } = await run('inspectVersion', { ...access, plan });
    expect(snapshot.alias?.version).toBe('1');
    const whole = await run('inspectVersion', { ...access, plan: { name, version: '1' } });
    expect(whole.latest).toEqual({ code: false, settings: [] });
  });
});

describe('a function that is a zip file', () => {
  it('is not deployed to from a container image, and that is said before anything is written', async () => {
    const { place, name, access } = await ExistingFunction.make();
    const repository = await ImageRepository.make(place, name);
    const codeSha256 = await repository.put('first');
    const writes = await place.writes();
    const looked = run('inspectFunction', {
      ...access,
      plan: imagePlan(place, repository, name),
      package: { imageUri: repository.uri(), codeSha256 },
    });
    await expect(looked).rejects.toMatchObject({
      type: 'packageRejected',
      nonRetryable: true,
      message: `${name} in us-east-1 is a zip file, and AWS makes no function of a container image of it.`,
    });
    expect(await place.writes()).toEqual(writes);
  });
});
