import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { AwsPlace } from '../support/awsPlace.js';
import { deploymentFile } from '../support/deploymentFile.js';
import { uniqueName } from '../support/names.js';
import { System } from '../support/system.js';

let system: System;
beforeAll(async () => {
  system = await System.withWorker();
});
afterAll(async () => {
  await system.stop();
});

it('a first deployment waits for no pause between weights, and says so before', async () => {
  const place = await AwsPlace.make();
  const [application, functionName] = [uniqueName('shop'), uniqueName('orders')];
  const target = { name: 'prod', place, functionName, alias: 'live', strategy: 'gradual' };
  const pause = { pause: { duration: 2, unit: 'hours' } };
  const steps = [{ setWeight: { weight: 10 } }, pause, { setWeight: { weight: 50 } }, pause];
  const strategies = { gradual: { canary: { steps } } };
  const content = deploymentFile(application, [target], { strategies });
  await place.put(`${functionName}.zip`, 'first');
  const file = await system.file('first.yaml', content);

  const shown = await system.run(['config', 'show', '-f', file]);
  expect(shown.stdout).toContain('Takes at least 4 h,');
  expect(shown.stdout).toContain('leaves out the pauses after weights: it waits for no time.');
  const plan = await system.run(['deploy', 'plan', '-f', file]);
  expect(plan.stdout).toContain('nothing serves traffic yet: pauses after weights are left out');

  expect(await system.deploy(content)).toMatchObject({ exitCode: 0, stderr: '' });
  expect((await place.holds(functionName, 'live'))?.alias).toEqual({ version: '1', weights: {} });
});
