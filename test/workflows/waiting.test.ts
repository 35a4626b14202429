import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Plan, Step } from '../../src/domain/plan.js';
import type { TargetOutcome } from '../../src/domain/outcomes.js';
import type { TargetProgress } from '../../src/domain/status.js';
import { deployment } from '../support/deployments.js';
import { EMPTY, hash, MemoryLambda } from '../support/memoryLambda.js';
import { deploymentWorkflowId } from '../../src/domain/names.js';
import { untilOpen } from '../support/operator.js';
import { outcomeOf } from '../support/outcomes.js';
import { functionPlan, targetPlan } from '../support/plans.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.thatSkipsTime();
});
afterAll(async () => {
  await temporal.stop();
});

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const functions = [functionPlan('f', { alias: 'live' })];

function canary(...steps: Step[]): Plan {
  const target = targetPlan('prod', { functions, strategy: 'canary' });
  return { ...deployment(target), strategies: { canary: { steps } } };
}

function lambdaWithFunction(): MemoryLambda {
  const lambda = new MemoryLambda();
  lambda.put('f', EMPTY, 'live');
  return lambda;
}

/** Starts, waits for the gate, and stops the worker; another one goes on from there to the end. */
async function acrossWorkers(
  plan: Plan,
  gate: string,
  meanwhile: () => Promise<unknown> = () => Promise.resolve(),
): Promise<{ outcome: TargetOutcome; lambda: MemoryLambda }> {
  const lambda = lambdaWithFunction();
  await temporal.with(lambda, () => startedUntil(plan, gate));
  await meanwhile();
  const outcome = await temporal.with(lambda, () => ended(plan), temporal.taskQueue);
  return { outcome, lambda };
}

/**
 * Waits until nothing is under way any more: a task that a stopped worker had taken would keep the
 * server from skipping time.
 */
async function startedUntil(plan: Plan, gate: string): Promise<void> {
  const deployment = await temporal.start(plan);
  await untilOpen(temporal.target(plan, 'prod'), gate);
  await untilOpen(deployment, gate);
}

/** Waits for the whole deployment: what still runs would keep the server from skipping time. */
async function ended(plan: Plan): Promise<TargetOutcome> {
  await outcomeOf(temporal.env.client.workflow.getHandle(deploymentWorkflowId(plan.application)));
  return temporal.targetOutcome(plan, 'prod');
}

const took = ({ startedAt, endedAt }: TargetOutcome): number =>
  Date.parse(endedAt) - Date.parse(startedAt);

const alias = (lambda: MemoryLambda) => lambda.get('f').aliases.get('live');

describe('a pause of 30 days', () => {
  const plan = () =>
    canary({ type: 'setWeight', weight: 10 }, { type: 'pause', durationMs: 30 * DAY });

  it('is waited for, across the restart of the worker, and does not count as work', async () => {
    const { outcome, lambda } = await acrossWorkers(plan(), 'prod/steps/2');
    expect(outcome.status).toBe('deployed');
    expect(took(outcome)).toBeGreaterThanOrEqual(30 * DAY);
    expect(took(outcome)).toBeLessThan(30 * DAY + HOUR);
    expect(alias(lambda)).toMatchObject({ version: '2', weights: {} });
  });

  it('says until when it lasts, and ends at once when it is skipped', async () => {
    const wanted = plan();
    const lambda = lambdaWithFunction();
    const outcome = await temporal.with(lambda, async () => {
      await temporal.start(wanted);
      const target = temporal.target(wanted, 'prod');
      const [gate] = await untilOpen(target, 'prod/steps/2');
      const lasts = Date.parse(gate?.deadline ?? '') - Date.parse(gate?.openedAt ?? '');
      expect(lasts).toBe(30 * DAY);
      const progress = await target.query<TargetProgress>('status');
      expect(progress).toMatchObject({
        phase: 'waiting',
        step: { number: 2, of: 2, type: 'pause' },
        functions: [{ weight: 10, wantedWeight: 10, version: '2', previousVersion: '1' }],
      });
      await target.signal('skipPause', { by: 'alice' });
      return ended(wanted);
    });
    expect(outcome).toMatchObject({
      status: 'deployed',
      decisions: [{ decision: 'skipped', gate: 'prod/steps/2', by: 'alice' }],
    });
    expect(took(outcome)).toBeLessThan(HOUR);
  });
});

describe('an approval that expires after 24 hours', () => {
  const steps: Step[] = [
    { type: 'setWeight', weight: 25 },
    { type: 'approval', expiresAfterMs: DAY },
  ];

  it('rolls back when nobody approves, across the restart of the worker', async () => {
    const { outcome, lambda } = await acrossWorkers(canary(...steps), 'prod/steps/2');
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: {
        code: 'approvalExpired',
        message: 'prod/steps/2 was not approved within 24 h.',
      },
      decisions: [{ decision: 'expired', gate: 'prod/steps/2', known: 'timer' }],
    });
    expect(took(outcome)).toBeGreaterThanOrEqual(DAY);
    expect(alias(lambda)).toMatchObject({ version: '1', weights: {} });
    expect(lambda.get('f').latest.codeSha256).toBe(hash('before'));
  });

  it('does not eat the minute that the deployment has for its work', async () => {
    const plan = { ...canary(...steps), timeoutMs: 60_000 };
    const { outcome } = await acrossWorkers(plan, 'prod/steps/2', async () => {
      await temporal.env.sleep(23 * HOUR);
      await temporal.target(plan, 'prod').signal('approve');
    });
    expect(outcome.status).toBe('deployed');
    expect(took(outcome)).toBeGreaterThanOrEqual(23 * HOUR);
  });
});

describe("the deployment's timeout", () => {
  it('blocks the dependents, and takes nothing back, once the traffic has been promoted', async () => {
    const target = targetPlan('prod', {
      functions,
      afterDeployment: [{ type: 'runWebhook', webhook: 'tests', context: {} }],
    });
    const plan = { ...deployment(target), timeoutMs: 60_000 };
    const lambda = lambdaWithFunction();
    void lambda.failForEver('callWebhook', 'prod/after/1');
    const outcome = await temporal.with(lambda, async () => {
      await temporal.start(plan);
      return ended(plan);
    });
    expect(outcome).toMatchObject({ status: 'deployed', failure: { code: 'timedOut' } });
    expect(alias(lambda)).toMatchObject({ version: '2', weights: {} });
  });
});

describe('a creation that was tried twice', () => {
  it('is waited out by the rollback: the first request could make the function again', async () => {
    const plan = { ...deployment(targetPlan('prod', { functionNames: ['f'] })) };
    const lambda = new MemoryLambda();
    const { createFunction } = lambda.activities;
    lambda.activities.createFunction = async (input) => ({
      ...(await createFunction(input)),
      afterOthers: true,
    });
    lambda.fail('publishVersion', 'f', { code: 'awsRefused', message: 'No.' });
    const outcome = await temporal.with(lambda, async () => {
      await temporal.start(plan);
      return ended(plan);
    });
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: { code: 'awsRefused' } });
    expect(lambda.functions.has('f')).toBe(false);
    expect(took(outcome)).toBeGreaterThanOrEqual(12_000);
  });
});

describe('a strategy that begins with a wait', () => {
  const paused: Step[] = [
    { type: 'pause', durationMs: HOUR },
    { type: 'setWeight', weight: 50 },
  ];

  it('exposes nothing before, and goes back to what was there after it', async () => {
    const target = targetPlan('prod', { functions: [functionPlan('f')], strategy: 'canary' });
    const plan = { ...deployment(target), strategies: { canary: { steps: paused } } };
    const lambda = lambdaWithFunction();
    await temporal.with(lambda, () => startedUntil(plan, 'prod/steps/1'));
    expect(lambda.writes).toEqual([]);
    const held = lambda.get('f');
    held.latest = { ...held.latest, revisionId: 'hotfix', codeSha256: hash('hotfix') };
    lambda.fail('publishVersion', 'f', { code: 'awsRefused', message: 'No.' }, 1, 1);
    const outcome = await temporal.with(lambda, () => ended(plan), temporal.taskQueue);
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: { code: 'awsRefused' } });
    expect(lambda.get('f').latest.codeSha256).toBe(hash('hotfix'));
  });
});

describe('a webhook whose callback does not come', () => {
  const asks: Step = { type: 'runWebhook', webhook: 'asks', context: {} };

  it('fails after 24 hours, also when no worker runs for hours in between', async () => {
    const plan = canary({ type: 'setWeight', weight: 25 }, asks);
    const { outcome, lambda } = await acrossWorkers(plan, 'prod/steps/2', () =>
      temporal.env.sleep(20 * HOUR),
    );
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: {
        code: 'webhookFailed',
        message: 'No callback of the webhook asks came within 24 h.',
      },
      decisions: [{ decision: 'expired', gate: 'prod/steps/2', known: 'timer' }],
    });
    expect(took(outcome)).toBeGreaterThanOrEqual(24 * HOUR);
    expect(took(outcome)).toBeLessThan(25 * HOUR);
    expect(alias(lambda)).toMatchObject({ version: '1', weights: {} });
  });

  it('hears one that comes while no worker runs', async () => {
    const plan = canary({ type: 'setWeight', weight: 25 }, asks);
    const { outcome } = await acrossWorkers(plan, 'prod/steps/2', () =>
      temporal.target(plan, 'prod').signal('webhookCallback', { success: true }),
    );
    expect(outcome.status).toBe('deployed');
  });
});

describe('steps after a weight of 100', () => {
  it('keep the old version one call away', async () => {
    const plan = canary({ type: 'setWeight', weight: 100 }, { type: 'pause', durationMs: HOUR });
    const lambda = lambdaWithFunction();
    const outcome = await temporal.with(lambda, async () => {
      await temporal.start(plan);
      await untilOpen(temporal.target(plan, 'prod'), 'prod/steps/2');
      expect(alias(lambda)).toMatchObject({ version: '1', weights: { 2: 1 } });
      return ended(plan);
    });
    expect(outcome.status).toBe('deployed');
    expect(alias(lambda)).toMatchObject({ version: '2', weights: {} });
  });
});
