import { describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Link } from '../../src/client/link.js';
import { planAgain } from '../../src/client/redeploy.js';
import type { DeploymentFacts } from '../../src/client/report.js';
import type { PinnedPackage } from '../../src/domain/packages.js';
import type { Plan, PlannedPackage } from '../../src/domain/plan.js';
import { functionPlan, plan, targetPlan } from '../support/plans.js';

const payloads = (value: unknown) => ({ payloads: [defaultPayloadConverter.toPayload(value)] });

/** A connection to a history in which the packages of a plan were pinned; undefined: not yet. */
function historyOf(earlier: Plan, pinned: PinnedPackage | undefined): Link {
  const requests = earlier.targets.flatMap(({ functions, ...target }) =>
    functions.map((one) => ({ ...target, package: one.package })),
  );
  const started = { workflowExecutionStartedEventAttributes: { input: payloads(earlier) } };
  const asked = {
    eventId: 2,
    activityTaskScheduledEventAttributes: {
      activityType: { name: 'pinPackages' },
      input: payloads(requests),
    },
  };
  const answered = {
    activityTaskCompletedEventAttributes: {
      scheduledEventId: 2,
      result: payloads(requests.map(() => ({ pinned }))),
    },
  };
  const events = pinned === undefined ? [started, asked] : [started, asked, answered];
  const client = {
    workflow: { getHandle: () => ({ fetchHistory: () => Promise.resolve({ events }) }) },
    withDeadline: (_deadline: unknown, ask: () => unknown) => ask(),
  };
  return { client: client as unknown as Client, settings: {} as Link['settings'] };
}

/** What a repetition deploys of a plan with one package. */
async function packageAgain(
  planned: PlannedPackage,
  pinned: PinnedPackage | undefined,
): Promise<PlannedPackage | undefined> {
  const functions = [functionPlan('orders', { package: planned })];
  const link = historyOf(plan([targetPlan('prod', { functions })]), pinned);
  const again = await planAgain(link, { workflowId: 'w', runId: 'r' } as DeploymentFacts);
  return again.targets[0]?.functions[0]?.package;
}

describe('a repetition of a deployment', () => {
  const codeSha256 = '4f9a1c77b2d0'.padEnd(64, '0');
  const base = '111111111111.dkr.ecr.us-east-1.amazonaws.com/orders';

  it('has the container image of before, whatever its tag names by now', async () => {
    const imageUri = `${base}:latest`;
    const pinned = { imageUri, codeSha256, bytes: 12 };
    const byDigest = { imageUri: `${base}@sha256:${codeSha256}`, codeSha256 };
    expect(await packageAgain({ imageUri }, pinned)).toEqual(byDigest);
    // One that is repeated itself.
    expect(await packageAgain(byDigest, { ...byDigest, bytes: 12 })).toEqual(byDigest);
  });

  it('has the zip file of before, by the version of its object', async () => {
    const location = { bucket: 'packages', key: 'orders.zip' };
    const pinned = { ...location, versionId: '3', codeSha256: 'abc=' };
    expect(await packageAgain(location, { ...pinned, bytes: 12 })).toEqual(pinned);
  });

  it('is refused where it is not known which image was meant', async () => {
    await expect(packageAgain({ imageUri: `${base}:1` }, undefined)).rejects.toMatchObject({
      code: 'notAccepted',
      message: expect.stringContaining('did not get as far as reading the package of orders'),
    });
  });
});
