import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deploymentWorkflowId, targetWorkflowId } from '../../src/domain/names.js';
import { AwsPlace } from '../support/awsPlace.js';
import { deploymentFile, type FileTarget } from '../support/deploymentFile.js';
import { uniqueAccount, uniqueName } from '../support/names.js';
import { untilOpen } from '../support/operator.js';
import { System } from '../support/system.js';

let system: System;
beforeAll(async () => {
  system = await System.withWorker();
});
afterAll(async () => {
  await system.stop();
});

interface Span {
  from: number;
  to: number;
}

/** From the workflow's start to its end, as its history tells. */
async function spanOf(application: string, target: string): Promise<Span> {
  const handle = system.client.workflow.getHandle(targetWorkflowId(application, target));
  const { startTime, closeTime } = await handle.describe();
  if (closeTime === undefined) throw new Error(`${target} has not ended`);
  return { from: startTime.getTime(), to: closeTime.getTime() };
}

async function targetsIn(
  regions: string[],
  options: { versioned: boolean },
): Promise<FileTarget[]> {
  const account = uniqueAccount();
  return Promise.all(
    regions.map(async (region) => {
      const place = await AwsPlace.make({ account, region, ...options });
      const functionName = uniqueName('orders');
      await place.put(`${functionName}.zip`, 'first');
      return { name: region, place, functionName };
    }),
  );
}

describe('targets', () => {
  it('overlap in time unless one depends on the other, which starts when that has ended', async () => {
    const application = uniqueName('shop');
    const targets = await targetsIn(['us-east-1', 'eu-west-1', 'us-west-2', 'eu-central-1'], {
      versioned: false,
    });
    const dependsOn: Record<string, string[]> = {
      'eu-west-1': ['us-east-1'],
      'us-west-2': ['us-east-1'],
      'eu-central-1': ['eu-west-1', 'us-west-2'],
    };
    const ordered = targets.map((target) => ({
      ...target,
      dependsOn: dependsOn[target.name] ?? [],
    }));
    expect((await system.deploy(deploymentFile(application, ordered))).exitCode).toBe(0);
    const [first, left, right, last] = await Promise.all(
      targets.map(({ name }) => spanOf(application, name)),
    );
    if (!first || !left || !right || !last) throw new Error('a target is missing');
    expect(left.from).toBeGreaterThanOrEqual(first.to);
    expect(right.from).toBeGreaterThanOrEqual(first.to);
    expect(left.from).toBeLessThan(right.to);
    expect(right.from).toBeLessThan(left.to);
    expect(last.from).toBeGreaterThanOrEqual(Math.max(left.to, right.to));
  });

  it.each([
    ['all get the bytes of the start where the buckets keep versions', true],
    ['say that the bytes differ where the buckets keep none', false],
  ])('whose packages are overwritten in the middle: %s', async (_, versioned) => {
    const application = uniqueName('shop');
    const targets = await targetsIn(['us-east-1', 'eu-west-1', 'us-west-2', 'eu-central-1'], {
      versioned,
    });
    const chain = targets.map((target, index) => ({
      ...target,
      dependsOn: targets.slice(Math.max(0, index - 1), index).map(({ name }) => name),
      waits: index === 1,
    }));
    const deploying = system.deploy(deploymentFile(application, chain));
    const [, ...later] = targets;
    const deployment = system.client.workflow.getHandle(deploymentWorkflowId(application));
    await untilOpen(deployment, `${later[0]?.name}/before/1`);
    await Promise.all(
      later.map(({ place, functionName }) => place.put(`${functionName}.zip`, 'overwritten')),
    );
    await deployment.signal('approve');
    const ran = await deploying;
    const held = await Promise.all(
      targets.map(({ place, functionName }) => place.holds(functionName)),
    );
    if (versioned) {
      expect(ran.exitCode).toBe(0);
      expect(new Set(held.map((one) => one?.codeSha256)).size).toBe(1);
    } else {
      expect(ran.exitCode).toBe(4);
      expect(ran.stdout).toContain('was overwritten during the deployment');
      expect(held.map((one) => one !== undefined)).toEqual([true, false, false, false]);
    }
  });
});
