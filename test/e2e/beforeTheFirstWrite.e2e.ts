import {
  CreateAliasCommand,
  CreateFunctionCommand,
  PublishVersionCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WORKER_ACCOUNT } from '../../dev/stack/awsOptions.js';
import { zipOf } from '../../dev/stack/packages.js';
import { AwsPlace } from '../support/awsPlace.js';
import { deploymentFile } from '../support/deploymentFile.js';
import { giveCodeStorage, takeRegion } from '../support/emulatorControl.js';
import { ImageRepository } from '../support/imageRepository.js';
import { uniqueName } from '../support/names.js';
import { System } from '../support/system.js';

let system: System;
beforeAll(async () => {
  system = await System.withWorker();
});
afterAll(() => system.stop());

/** A function that serves by an alias, made by hand, and a file that deploys a zip file to it. */
async function shop(
  code: Pick<CreateFunctionCommand['input'], 'Code'> & Partial<CreateFunctionCommand['input']>,
  at?: AwsPlace,
) {
  const place = at ?? (await AwsPlace.make());
  const { lambda } = place.clients;
  const name = uniqueName('orders');
  const { CodeSize = 0 } = await lambda.send(
    new CreateFunctionCommand({ FunctionName: name, Role: place.executionRoleArn, ...code }),
  );
  await place.settled(name);
  const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName: name }));
  await lambda.send(
    new CreateAliasCommand({ FunctionName: name, Name: 'live', FunctionVersion: Version }),
  );
  await place.put(`${name}.zip`, 'new');
  return { place, name, file: fileOf(place, name), codeSize: CodeSize };
}

function fileOf(place: AwsPlace, functionName: string, more: Record<string, unknown> = {}): string {
  const target = { name: 'prod', place, functionName, alias: 'live', strategy: 'canary' };
  return deploymentFile(uniqueName('shop'), [target], more);
}

async function repositoryIn(place: AwsPlace): Promise<ImageRepository> {
  const repository = await ImageRepository.make(place, 'orders');
  await repository.put('first');
  return repository;
}

/** What `plan` and the deployment itself say, and that neither has written anything. */
async function refused({ place, file }: { place: AwsPlace; file: string }) {
  const writes = await place.writes();
  const path = await system.file('plan.yaml', file);
  const plan = await system.run(['deploy', 'plan', '-f', path]);
  const deployed = await system.deploy(file);
  expect(await place.writes()).toEqual(writes);
  expect([plan.exitCode, deployed.exitCode]).toEqual([4, 4]);
  expect(deployed.stdout).toContain('blocked');
  return [plan.stdout, deployed.stdout].map((text) => text.replace(/\s+/g, ' '));
}

const ZIP = {
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  Code: { ZipFile: zipOf({ 'index.js': 'exports.handler = 0;' }) },
} as const;

describe('before the first write, by a plan as by the deployment itself', () => {
  it('a container image is found, which takes no zip file', async () => {
    const place = await AwsPlace.make();
    const ImageUri = (await repositoryIn(place)).uri();
    const image = await shop({ PackageType: 'Image', Code: { ImageUri } }, place);
    for (const said of await refused(image)) {
      expect(said).toContain('is a container image, and AWS makes no function of a zip file of it');
    }
  });

  it('a zip file is found, which takes no container image', async () => {
    const { place, name } = await shop(ZIP);
    const path = (await repositoryIn(place)).uri();
    const runAsIamRole = place.executionRoleArn;
    const file = fileOf(place, name, {
      artifacts: [{ functionName: name, path, type: 'image' }],
      providerOptions: { lambda: [{ target: 'prod', name, runAsIamRole }] },
    });
    for (const said of await refused({ place, file })) {
      expect(said).toContain('is a zip file, and AWS makes no function of a container image of it');
    }
  });

  it('an account without room for the code is found, and how to get room is told', async () => {
    const full = await shop(ZIP);
    // The function and its version are there, and there is room for nothing like them.
    await giveCodeStorage(full.place.account, 2 * full.codeSize + 50);
    for (const said of await refused(full)) {
      expect(said).toContain('has room for 50 B more of code in us-east-1');
      expect(said).toContain('Delete versions of functions and of layers');
      expect(said).not.toContain('zip file that Lambda can read');
    }
  });

  it('a region that the worker’s account has not enabled is found, unless another STS is asked', async () => {
    const region = 'me-central-1';
    await takeRegion(WORKER_ACCOUNT, region);
    const place = await AwsPlace.make({ region });
    const name = uniqueName('orders');
    await place.put(`${name}.zip`, 'new');
    const file = fileOf(place, name);
    for (const said of await refused({ place, file })) {
      expect(said).toContain(`the STS of ${region} does not know the worker's credentials`);
      expect(said).toContain('`aws.stsRegion`');
    }
    const other = await System.start();
    await other.startWorker({ settings: 'aws: {stsRegion: us-east-1}' });
    expect((await other.deploy(file)).exitCode).toBe(0);
    expect((await place.holds(name, 'live'))?.alias).toEqual({ version: '1', weights: {} });
    await other.stop();
  });
});
