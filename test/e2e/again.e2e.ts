import {
  DeleteFunctionCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { blocksOf } from '../docs/support/blocks.js';
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

/** Two deployments of one function, each from the same place in S3. */
async function deployedTwice({
  versioned = false,
  alias = 'live',
  application = uniqueName('shop'),
} = {}) {
  const place = await AwsPlace.make({ versioned });
  const name = uniqueName('orders');
  const target: FileTarget = { name: 'prod', place, functionName: name, ...(alias && { alias }) };
  const ids: string[] = [];
  for (const text of ['first', 'second']) {
    await place.put(`${name}.zip`, text);
    expect((await system.deploy(deploymentFile(application, [target]))).exitCode).toBe(0);
    ids.push((await system.outcome(application)).deploymentId);
  }
  const [first = '', second = ''] = ids;
  return { place, application, name, target, first, second };
}

/** The hash of the code that an alias serves. */
async function servedBy(place: AwsPlace, name: string): Promise<string | undefined> {
  const held = await place.holds(name, 'live');
  const { version } = held?.alias ?? {};
  return held?.versions.find((one) => one.version === version)?.codeSha256;
}

describe('deploy redeploy', () => {
  it('restores the exact code, although the object at the path was overwritten', async () => {
    const { place, application, name, first } = await deployedTwice({ versioned: true });
    const before = await place.holds(name, 'live');
    const run = await system.run(['deploy', 'redeploy', '-i', first, '-n', application, '-w']);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    const codes = before?.versions.map(({ codeSha256 }) => codeSha256) ?? [];
    expect(await servedBy(place, name)).toBe(codes[0]);
    expect(codes[0]).not.toBe(codes[1]);
  });

  it('does not begin with other bytes, where the bucket keeps no versions', async () => {
    const { place, application, name, first } = await deployedTwice();
    const before = await servedBy(place, name);
    const run = await system.run(['deploy', 'redeploy', '-i', first, '-n', application, '-w']);
    expect(run.exitCode).toBe(4);
    expect(run.stdout).toContain('is another package by now than the plan means');
    expect(await servedBy(place, name)).toBe(before);
  });

  it('says that there is no such deployment', async () => {
    const run = await system.run(['deploy', 'redeploy', '-i', 'nothing', '-n', uniqueName('shop')]);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain('Temporal knows no deployment');
  });
});

describe('deploy rollback of a deployment that has ended', () => {
  it('gives the alias back what it served before, in one step, and can be taken back itself', async () => {
    const { place, application, name } = await deployedTwice();
    const before = await place.writes();
    const run = await system.run(['deploy', 'rollback', '-n', application, '-w', '--by', 'ana']);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toContain('serves version 1 again, by its alias live');
    expect((await place.holds(name, 'live'))?.alias).toEqual({ version: '1', weights: {} });
    expect((await place.writes()).slice(before.length)).toEqual(['UpdateAlias']);

    const twice = await system.run(['deploy', 'rollback', '-n', application, '-w']);
    expect(twice).toMatchObject({ exitCode: 2, stdout: '' });
    const [, named = ''] = /`sluice (deploy rollback .*)`/.exec(twice.stderr) ?? [];
    expect((await place.holds(name, 'live'))?.alias).toEqual({ version: '1', weights: {} });

    const back = await system.run([...named.split(' '), '-w']);
    expect(back.exitCode).toBe(0);
    expect((await place.holds(name, 'live'))?.alias).toEqual({ version: '2', weights: {} });
  });

  it('gives back what was live after an earlier one', async () => {
    const { place, application, name, target, first } = await deployedTwice();
    await place.put(`${name}.zip`, 'third');
    expect((await system.deploy(deploymentFile(application, [target]))).exitCode).toBe(0);
    const run = await system.run(['deploy', 'rollback', '-n', application, '--to', first, '-w']);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect((await place.holds(name, 'live'))?.alias).toEqual({ version: '1', weights: {} });
  });

  it('puts back the code and settings of a function without an alias, and says that this is slower', async () => {
    const { place, application, name, target } = await deployedTwice({ alias: '' });
    const second = await place.holds(name);
    await place.put(`${name}.zip`, 'third');
    const options = { memorySize: 512, environment: { TABLE: 'orders' } };
    const third = await system.deploy(deploymentFile(application, [{ ...target, options }]));
    expect(third.exitCode).toBe(0);

    const run = await system.run(['deploy', 'rollback', '-n', application, '-w']);
    expect(run).toEqual({ ...run, exitCode: 0 });
    expect(run.stderr).toContain(`${name} of prod has no alias`);
    const after = await place.holds(name);
    expect(after?.codeSha256).toBe(second?.codeSha256);
    expect(after?.settings).toEqual(second?.settings);
    expect(after?.versions.at(-1)?.codeSha256).toBe(second?.codeSha256);
  });

  it('is refused where there is nothing to give back, with the way to earlier ones', async () => {
    const place = await AwsPlace.make();
    const [application, name] = [uniqueName('shop'), uniqueName('orders')];
    const target: FileTarget = { name: 'prod', place, functionName: name, alias: 'live' };
    await place.put(`${name}.zip`, 'first');
    expect((await system.deploy(deploymentFile(application, [target]))).exitCode).toBe(0);
    const writes = await place.writes();
    const run = await system.run(['deploy', 'rollback', '-n', application]);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(`sluice deploy history -n ${application}`);
    expect(run.stderr).toContain(`${name} of prod stays as it is`);
    expect(await place.writes()).toEqual(writes);
  });

  it('overwrites nothing that somebody has given the alias since, unless it is told to', async () => {
    const { place, application, name, first } = await deployedTwice();
    await place.put(`${name}.zip`, 'by hand');
    const { lambda } = place.clients;
    const code = { S3Bucket: place.bucket, S3Key: `${name}.zip` };
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: name, ...code }));
    await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 10 }, { FunctionName: name });
    const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName: name }));
    await lambda.send(
      new UpdateAliasCommand({ FunctionName: name, Name: 'live', FunctionVersion: Version }),
    );
    const run = await system.run(['deploy', 'rollback', '-n', application, '-w']);
    expect(run.exitCode).toBe(4);
    expect(run.stdout).toContain('it serves version 3, and the deployment had left version 2');
    expect((await place.holds(name, 'live'))?.alias).toEqual({ version: '3', weights: {} });

    const told = ['deploy', 'rollback', '-n', application, '--to', first, '-w'];
    expect((await system.run(told)).exitCode).toBe(0);
    expect((await place.holds(name, 'live'))?.alias).toEqual({ version: '1', weights: {} });
  });

  it('overwrites nothing that somebody has changed of a function without an alias, unless it is told to', async () => {
    const { place, application, name, first } = await deployedTwice({ alias: '' });
    const { lambda } = place.clients;
    await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: name, MemorySize: 1024 }),
    );
    await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 10 }, { FunctionName: name });
    const changed = await place.holds(name);
    const run = await system.run(['deploy', 'rollback', '-n', application, '-w']);
    expect(run.exitCode).toBe(4);
    expect(run.stdout).toContain('its code or its settings are not those of version 2');
    expect(await place.holds(name)).toEqual(changed);

    const told = await system.run(['deploy', 'rollback', '--to', first, '-w']);
    expect(told).toEqual({ ...told, exitCode: 0 });
    const after = await place.holds(name);
    expect(after?.codeSha256).toBe(after?.versions[0]?.codeSha256);
    expect(after?.settings).not.toEqual(changed?.settings);
  });

  it('fails, and leaves the traffic alone, when the version was deleted', async () => {
    const { place, application, name } = await deployedTwice();
    await place.clients.lambda.send(
      new DeleteFunctionCommand({ FunctionName: name, Qualifier: '1' }),
    );
    const run = await system.run(['deploy', 'rollback', '-n', application, '-w']);
    expect(run.exitCode).toBe(4);
    expect(run.stdout).toContain(`Version 1 of ${name} does not exist in us-east-1 (any more)`);
    expect((await place.holds(name, 'live'))?.alias).toEqual({ version: '2', weights: {} });
  });
});

it('README.md goes back, and runs an earlier deployment again', async () => {
  const block = blocksOf('README.md').find(({ text }) => text.includes('deploy redeploy'));
  const [back = '', again = ''] = (block?.text ?? '').split('\n');
  const [, application = ''] = / -n (\S+)/.exec(back) ?? [];
  const { place, name, second } = await deployedTwice({ versioned: true, application });
  const run = (line: string) => system.run(line.replace('./bin/sluice ', '').split(' '));
  const live = await servedBy(place, name);
  expect(await run(back)).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await servedBy(place, name)).not.toBe(live);
  expect(await run(again.replace(/(?<= -i )\S+/, second))).toMatchObject({ exitCode: 0 });
  expect(await servedBy(place, name)).toBe(live);
});
