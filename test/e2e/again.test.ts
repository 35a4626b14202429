import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwsPlace } from '../support/awsPlace.js';
import { deploymentFile, type FileTarget } from '../support/deploymentFile.js';
import { uniqueName } from '../support/names.js';
import { System } from '../support/system.js';

let system: System;
beforeAll(async () => {
  system = await System.start();
  await system.startWorker();
});
afterAll(async () => {
  await system.stop();
});

/** Two deployments of one function, each from the same place in S3. */
async function deployedTwice(versioned: boolean) {
  const place = await AwsPlace.make({ versioned });
  const [application, name] = [uniqueName('shop'), uniqueName('orders')];
  const target: FileTarget = { name: 'prod', place, functionName: name, alias: 'live' };
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
    const { place, application, name, first } = await deployedTwice(true);
    const before = await place.holds(name, 'live');
    const run = await system.run(['deploy', 'redeploy', '-i', first, '-n', application, '-w']);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    const codes = before?.versions.map(({ codeSha256 }) => codeSha256) ?? [];
    expect(await servedBy(place, name)).toBe(codes[0]);
    expect(codes[0]).not.toBe(codes[1]);
  });

  it('does not begin with other bytes, where the bucket keeps no versions', async () => {
    const { place, application, name, first } = await deployedTwice(false);
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
