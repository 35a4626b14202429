import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AwsPlace } from '../support/awsPlace.js';
import { deploymentFile } from '../support/deploymentFile.js';
import { uniqueName } from '../support/names.js';
import { System } from '../support/system.js';
import { eventually } from '../support/until.js';

let system: System;
beforeEach(async () => {
  system = await System.start();
});
afterEach(async () => {
  await system.stop();
});

describe('a worker that is killed in the middle of a deployment', () => {
  it('is followed by another, and the deployment ends as if nothing had happened', async () => {
    const place = await AwsPlace.make();
    const [application, name] = [uniqueName('shop'), uniqueName('orders')];
    const target = { name: 'prod', place, functionName: name, alias: 'live', strategy: 'canary' };
    await place.put(`${name}.zip`, 'first');
    const first = await system.startWorker();
    expect((await system.deploy(deploymentFile(application, [target]))).exitCode).toBe(0);

    await place.put(`${name}.zip`, 'second');
    const deploying = system.deploy(deploymentFile(application, [target]));
    await eventually(async () => expect(await place.writes()).toContain('UpdateFunctionCode'));
    await first.kill();
    await system.startWorker();

    expect((await deploying).exitCode).toBe(0);
    const held = await place.holds(name, 'live');
    expect(held?.alias).toEqual({ version: '2', weights: {} });
    expect(held?.versions).toHaveLength(2);
    expect(held?.versions[1]?.codeSha256).toBe(held?.codeSha256);
    const writes = await place.writes();
    expect(writes.filter((one) => one === 'UpdateFunctionCode')).toHaveLength(1);
  }, 90_000);
});

describe('a deployment for which no worker runs', () => {
  it('says so, waits, and goes on when one does', async () => {
    const place = await AwsPlace.make();
    const [application, name] = [uniqueName('shop'), uniqueName('orders')];
    await place.put(`${name}.zip`, 'first');
    const target = { name: 'prod', place, functionName: name };
    const file = await system.file('deploy.yaml', deploymentFile(application, [target]));
    const started = await system.run(['deploy', 'start', '-f', file]);
    expect(started.exitCode).toBe(0);
    expect(started.stderr).toContain('Nothing polls the task queue "sluice"');
    expect(started.stderr).toContain('sluice worker');
    await system.startWorker();
    expect(await system.outcome(application)).toMatchObject({ status: 'succeeded' });
    expect(await place.holds(name)).toBeDefined();
  });
});
