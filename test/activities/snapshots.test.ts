import { beforeAll, describe, expect, it } from '@jest/globals';
import type { FunctionAccess } from '../../src/activities/access.js';
import { activityBench, type Run } from '../support/activityBench.js';
import { AwsPlace } from '../support/awsPlace.js';
import { endSnapshots, holdSnapshots } from '../support/emulatorControl.js';
import { pin, publish } from '../support/existingFunction.js';
import { uniqueName } from '../support/names.js';

let run: Run;
beforeAll(() => {
  run = activityBench();
});

/** A function whose first version has been published, and whose snapshot is not made yet. */
async function published(): Promise<{ account: string; access: FunctionAccess; version: unknown }> {
  const place = await AwsPlace.make();
  const name = uniqueName('orders');
  const access = place.access(name);
  await place.put(`${name}.zip`, 'first');
  const snapStart = { applyOn: 'PublishedVersions' };
  const plan = place.functionPlan(name, { runtime: 'java21', snapStart });
  const { state } = await run('createFunction', {
    ...access,
    plan,
    package: await pin(place, access),
  });
  await holdSnapshots(place.account);
  const { version } = await publish(access, state, 'x');
  return { account: place.account, access, version };
}

describe('a version of which AWS makes a snapshot', () => {
  it('is published before that is made, and says so', async () => {
    const { account, version } = await published();
    expect(version).toMatchObject({
      version: '1',
      unready: { state: 'Pending', snapshot: true, reason: expect.stringMatching(/created/) },
    });
    await endSnapshots(account);
  });

  it('is waited for until it can be invoked', async () => {
    const { account, access } = await published();
    const waiting = run('awaitVersion', { ...access, version: '1' });
    await endSnapshots(account);
    expect(await waiting).toBeUndefined();
  });

  it('fails the wait with the words of AWS where the snapshot cannot be made', async () => {
    const { account, access } = await published();
    const waiting = run('awaitVersion', { ...access, version: '1' });
    await endSnapshots(account, 'The handler threw an error.');
    await expect(waiting).rejects.toMatchObject({
      type: 'updateFailed',
      nonRetryable: true,
      message: expect.stringMatching(/Version 1 of .* snapshot: The handler threw an error\.$/),
    });
  });

  it('is looked at without a wait where an alias is to serve it again', async () => {
    const { account, access } = await published();
    const plan = { name: access.function, alias: 'live', version: '1' };
    const inspection = await run('inspectVersion', { ...access, plan });
    expect(inspection.unready).toMatchObject({ state: 'Pending', snapshot: true });
    await endSnapshots(account);
  });
});
