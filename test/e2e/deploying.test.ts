import { PublishLayerVersionCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { zipOf } from '../../dev/stack/packages.js';
import { AwsPlace } from '../support/awsPlace.js';
import { deploymentFile, type FileTarget } from '../support/deploymentFile.js';
import { uniqueName } from '../support/names.js';
import { System } from '../support/system.js';

let system: System;
beforeAll(async () => {
  system = await System.withWorker();
});
afterAll(async () => {
  await system.stop();
});

describe('deploying a function without an alias', () => {
  it('creates it, changes it, leaves it alone when nothing changed, and takes a bad package back', async () => {
    const place = await AwsPlace.make();
    const [application, name] = [uniqueName('shop'), uniqueName('orders')];
    const target: FileTarget = { name: 'prod', place, functionName: name };
    await place.put(`${name}.zip`, 'first');

    const created = await system.deploy(deploymentFile(application, [target]));
    expect(created).toMatchObject({ exitCode: 0, stderr: '' });
    const first = await place.holds(name);
    expect(first?.versions).toHaveLength(1);
    expect(first?.settings).toMatchObject({ memorySize: 128, handler: 'index.handler' });

    await place.put(`${name}.zip`, 'second');
    const options = { memorySize: 256, environment: { TABLE: 'orders' } };
    const bigger = deploymentFile(application, [{ ...target, options }]);
    expect((await system.deploy(bigger)).exitCode).toBe(0);
    const second = await place.holds(name);
    expect(second?.codeSha256).not.toBe(first?.codeSha256);
    expect(second?.settings).toMatchObject({ memorySize: 256, environment: { TABLE: 'orders' } });
    expect(second?.versions.map(({ codeSha256 }) => codeSha256)).toEqual([
      first?.codeSha256,
      second?.codeSha256,
    ]);

    const writes = await place.writes();
    const again = await system.deploy(bigger);
    expect(again).toMatchObject({ exitCode: 0 });
    expect(again.stdout).toContain('unchanged');
    expect(await place.writes()).toEqual(writes);

    await place.putBytes(`${name}.zip`, new TextEncoder().encode('no zip file'));
    const refused = await system.deploy(
      deploymentFile(application, [{ ...target, options: { ...options, memorySize: 512 } }]),
    );
    expect(refused.exitCode).toBe(4);
    expect(refused.stdout).toContain('Could not unzip uploaded file');
    const after = await place.holds(name);
    expect(after?.codeSha256).toBe(second?.codeSha256);
    expect(after?.settings).toEqual(second?.settings);
    const live = after?.versions.at(-1);
    expect(live?.codeSha256).toBe(second?.codeSha256);
  });

  it('applies every setting that the file names, and leaves what it does not name', async () => {
    const place = await AwsPlace.make();
    const [application, name] = [uniqueName('shop'), uniqueName('orders')];
    const layer = async (): Promise<string> => {
      const Content = { ZipFile: zipOf({ 'nodejs/tools.js': 'exports.a = 1;' }) };
      const command = new PublishLayerVersionCommand({ LayerName: 'tools', Content });
      return (await place.clients.lambda.send(command)).LayerVersionArn ?? '';
    };
    const [older, newer] = [await layer(), await layer()];
    const deploy = (options: Record<string, unknown>) =>
      system.deploy(
        deploymentFile(application, [{ name: 'prod', place, functionName: name, options }]),
      );
    await place.put(`${name}.zip`, 'first');
    const all = {
      memorySize: 512,
      timeout: 30,
      environment: { TABLE: 'orders' },
      layers: [older],
      architectures: ['arm64'],
    };
    expect(await deploy(all)).toMatchObject({ exitCode: 0 });
    expect((await place.holds(name))?.settings).toMatchObject(all);

    const others = {
      memorySize: 1024,
      timeout: 60,
      environment: {},
      layers: [newer, older],
      architectures: ['x86_64'],
    };
    expect((await deploy(others)).exitCode).toBe(0);
    expect((await place.holds(name))?.settings).toMatchObject(others);

    expect((await deploy({ timeout: 61 })).exitCode).toBe(0);
    expect((await place.holds(name))?.settings).toMatchObject({ ...others, timeout: 61 });
  });

  it('removes a function again that it had to create and AWS would not take', async () => {
    const place = await AwsPlace.make();
    const [application, name] = [uniqueName('shop'), uniqueName('orders')];
    await place.putBytes(`${name}.zip`, new TextEncoder().encode('no zip file'));
    const target = { name: 'prod', place, functionName: name };
    const ran = await system.deploy(deploymentFile(application, [target]));
    expect(ran.exitCode).toBe(4);
    expect(await place.holds(name)).toBeUndefined();
  });
});

describe('deploying a function with an alias', () => {
  it('creates the alias at the end, then shifts it step by step with the old version as primary', async () => {
    const place = await AwsPlace.make();
    const [application, name] = [uniqueName('shop'), uniqueName('orders')];
    const target: FileTarget = {
      name: 'prod',
      place,
      functionName: name,
      alias: 'live',
      strategy: 'canary',
    };
    await place.put(`${name}.zip`, 'first');
    expect((await system.deploy(deploymentFile(application, [target]))).exitCode).toBe(0);
    expect((await place.holds(name, 'live'))?.alias).toEqual({ version: '1', weights: {} });

    await place.put(`${name}.zip`, 'second');
    expect((await system.deploy(deploymentFile(application, [target]))).exitCode).toBe(0);
    expect((await place.holds(name, 'live'))?.alias).toEqual({ version: '2', weights: {} });
    const shapes = (await place.requests())
      .filter(({ operation }) => operation === 'UpdateAlias')
      .map(({ parameters }) => [parameters['FunctionVersion'], parameters['RoutingConfig']]);
    expect(shapes).toEqual([
      ['1', { AdditionalVersionWeights: { 2: 0.1 } }],
      ['1', { AdditionalVersionWeights: { 2: 0.5 } }],
      ['2', { AdditionalVersionWeights: {} }],
    ]);

    await place.putBytes(`${name}.zip`, new TextEncoder().encode('no zip file'));
    const before = await place.holds(name, 'live');
    const options = { memorySize: 512 };
    const ran = await system.deploy(deploymentFile(application, [{ ...target, options }]));
    expect(ran.exitCode).toBe(4);
    const after = await place.holds(name, 'live');
    expect({ ...after, versions: [] }).toEqual({ ...before, versions: [] });
  });
});

describe('a version that a deployment published', () => {
  it('says in its description which deployment and which package it came from', async () => {
    const place = await AwsPlace.make({ versioned: true });
    const [application, name] = [uniqueName('shop'), uniqueName('orders')];
    await place.put(`${name}.zip`, 'first');
    const target = { name: 'prod', place, functionName: name };
    await system.deploy(deploymentFile(application, [target]));
    const { deploymentId } = await system.outcome(application);
    const description = (await place.holds(name))?.versions[0]?.description;
    expect(description).toContain(`deployment=${deploymentId}`);
    expect(description).toContain(`package=s3://${place.bucket}/${name}.zip?versionId=`);
  });
});
