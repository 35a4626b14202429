import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AwsPlace } from '../support/awsPlace.js';
import { deploymentFile } from '../support/deploymentFile.js';
import { uniqueAccount, uniqueName } from '../support/names.js';
import { DEPLOYMENT_WORKFLOW, deploymentWorkflowId, TASK_QUEUE } from '../../src/domain/names.js';
import { plan, targetPlan } from '../support/plans.js';
import type { Ran } from '../cli/inProcess.js';
import { System } from '../support/system.js';

let system: System;
beforeAll(async () => {
  system = await System.withWorker({
    settings: `
accounts:
  '${GUARDED}': {externalId: the-right-one}
roles:
  - applications: ['*']
    allow: ['arn:aws:iam::*:role/Deploy', 'arn:aws:iam::*:role/Nobody']
`,
  });
});
afterAll(async () => {
  await system.stop();
});

const GUARDED = uniqueAccount();

/** Deploys one function as it should be, but for what the test changes. */
async function deploy(
  place: AwsPlace,
  change: (deployment: string) => string = (deployment) => deployment,
): Promise<Ran> {
  const functionName = uniqueName('orders');
  await place.put(`${functionName}.zip`, 'first');
  const target = { name: 'prod', place, functionName };
  const ran = await system.deploy(change(deploymentFile(uniqueName('shop'), [target])));
  expect(await place.holds(functionName)).toBeUndefined();
  expect(await place.writes()).toEqual([]);
  return ran;
}

function expectSentence(ran: Ran, ...parts: string[]): void {
  expect(ran.exitCode).toBe(4);
  const text = ran.stdout.replaceAll(/\s+/g, ' ');
  for (const part of parts) expect(text).toContain(part);
  expect(ran.stdout + ran.stderr).not.toMatch(/^ +at .*:\d+:\d+/m);
}

describe('a plan that was sent past the client', () => {
  const webhook = { type: 'runWebhook', webhook: 'asks', context: {} } as const;

  it.each([
    [
      'waits for a callback that could not arrive',
      plan([targetPlan('prod', { afterDeployment: [webhook] })]),
      'do not say where callbacks arrive',
    ],
  ])('is refused by the worker when it %s', async (_, wanted, said) => {
    const application = uniqueName('shop');
    const handle = await system.client.workflow.start(DEPLOYMENT_WORKFLOW, {
      workflowId: deploymentWorkflowId(application),
      taskQueue: TASK_QUEUE,
      args: [{ ...wanted, application }],
    });
    await expect(handle.result()).rejects.toMatchObject({
      cause: { type: 'invalidPlan', message: expect.stringContaining(said) },
    });
  });
});

describe('a deployment that AWS will not let happen is told in a sentence, and writes nothing:', () => {
  it('a role that cannot be assumed', async () => {
    const place = await AwsPlace.make();
    const ran = await deploy(place, (text) => text.replace('role/Deploy', 'role/Nobody'));
    expectSentence(
      ran,
      `Could not assume arn:aws:iam::${place.account}:role/Nobody`,
      'trust policy',
    );
  });

  it('a role that expects another external id', async () => {
    const place = await AwsPlace.make({ account: GUARDED, externalId: 'another-one' });
    expectSentence(await deploy(place), 'AWS denies it', 'external id that the settings give');
  });

  it("a role that the worker's settings do not allow", async () => {
    const place = await AwsPlace.make();
    const ran = await deploy(place, (text) => text.replace('role/Deploy', 'role/Admin'));
    expectSentence(ran, "The worker's settings do not let", 'role/Admin', 'settings file');
  });

  it('a bucket that does not exist', async () => {
    const place = await AwsPlace.make();
    const ran = await deploy(place, (text) =>
      text.replace(place.bucket, 'nobodys-packages-at-all'),
    );
    expectSentence(
      ran,
      'Could not read s3://nobodys-packages-at-all/',
      'Check the bucket and the key',
    );
  });

  it('a package that does not exist', async () => {
    const place = await AwsPlace.make();
    const ran = await deploy(place, (text) => text.replace('.zip', '-gone.zip'));
    expectSentence(ran, 'Could not read', '-gone.zip', 'Check the bucket and the key');
  });

  it('a bucket in another region', async () => {
    const place = await AwsPlace.make({ region: 'us-west-2' });
    const ran = await deploy(place, (text) => text.replace('us-west-2', 'eu-west-1'));
    expectSentence(ran, 'put the package in a bucket in eu-west-1');
  });
});
