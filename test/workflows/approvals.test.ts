import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Step } from '../../src/domain/plan.js';
import { aliasOf, canary, during, functions, lambdaWithFunctions } from '../support/canary.js';
import { deployment } from '../support/deployments.js';
import { hash } from '../support/memoryLambda.js';
import { untilIgnored, untilOpen } from '../support/operator.js';
import { targetPlan } from '../support/plans.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

describe('an approval in the middle of a canary', () => {
  it('holds the traffic where it is until a person approves, and records who, when and why', async () => {
    const { outcome, lambda } = await during(temporal, canary, async ({ target, lambda: held }) => {
      await untilOpen(target(), 'prod/steps/2');
      expect(aliasOf(held)).toMatchObject({ version: '1', weights: { 2: 0.25 } });
      await target().signal('approve', { by: 'alice', comment: 'looks good' });
    });
    expect(outcome).toMatchObject({
      status: 'deployed',
      decisions: [
        {
          decision: 'approved',
          gate: 'prod/steps/2',
          by: 'alice',
          known: 'claimed',
          comment: 'looks good',
        },
      ],
    });
    expect(Date.parse(outcome.decisions[0]?.at ?? '')).toBeGreaterThan(0);
    expect(aliasOf(lambda)).toMatchObject({ version: '2', weights: {} });
  });

  it('rolls back when it is rejected, and says by whom', async () => {
    const { outcome, lambda } = await during(temporal, canary, async ({ target }) => {
      await untilOpen(target(), 'prod/steps/2');
      await target().signal('reject', { by: 'bob', comment: 'errors' });
    });
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: {
        code: 'approvalRejected',
        message: 'prod/steps/2 was rejected by bob: errors.',
      },
    });
    expect(aliasOf(lambda)).toMatchObject({ version: '1', weights: {} });
    expect(lambda.get('f').latest.codeSha256).toBe(hash('before'));
  });

  it.each([
    ['nothing', []],
    ['null', [null]],
    ['an empty object', [{}]],
    ['a comment as a text', ['fine by me']],
    ["the gate's id as a text", ['prod/steps/2']],
    ['several inputs, of which the first counts', [{ gate: 'prod/steps/2' }, 'more', 3]],
  ])('is given by a signal with %s', async (_, inputs) => {
    const { outcome } = await during(temporal, canary, async ({ target }) => {
      await untilOpen(target(), 'prod/steps/2');
      await target().signal('approve', ...inputs);
    });
    expect(outcome.status).toBe('deployed');
  });

  it.each([
    ['a number', 5, 'approve came with the value 5.'],
    ['false', false, 'approve came with the value false.'],
    ['a gate that is not a text', { gate: 2 }, 'approve came with a gate that is not a text.'],
    ['the gate of another step', { gate: 'prod/steps/9' }, 'No gate prod/steps/9 is open.'],
    ['a list', ['a', 'b'], 'approve came with a list.'],
  ])('is not given by a signal with %s, and the status says why', async (_, input, reason) => {
    const { outcome } = await during(temporal, canary, async ({ target }) => {
      await untilOpen(target(), 'prod/steps/2');
      await target().signal('approve', input);
      expect(await untilIgnored(target(), 'approve')).toBe(reason);
      await target().signal('approve');
    });
    expect(outcome).toMatchObject({ status: 'deployed', decisions: [{ known: 'unnamed' }] });
  });

  it('needs one of the roles that the file names', async () => {
    const steps: Step[] = [{ type: 'approval', requiresRoles: ['sre', 'lead'] }];
    const { outcome } = await during(temporal, steps, async ({ target }) => {
      const [gate] = await untilOpen(target(), 'prod/steps/1');
      expect(gate?.roles).toEqual(['sre', 'lead']);
      await target().signal('approve', { by: 'eve', role: 'intern' });
      expect(await untilIgnored(target(), 'approve')).toBe(
        'prod/steps/1 has to be approved by the role sre or lead. It came from the role intern.',
      );
      await target().signal('approve', { by: 'alice', role: 'lead' });
    });
    expect(outcome.decisions).toMatchObject([{ by: 'alice', role: 'lead' }]);
  });

  it.each(['reject', 'rollback', 'cancel'])(
    'does not win over a %s that comes before anything was done about it',
    async (stop) => {
      const lambda = lambdaWithFunctions();
      const prod = targetPlan('prod', { functions, strategy: 'canary' });
      const plan = { ...deployment(prod), strategies: { canary: { steps: canary } } };
      const target = temporal.target(plan, 'prod');
      await temporal.with(lambda, async () => {
        await temporal.start(plan);
        await untilOpen(target, 'prod/steps/2');
      });
      // No worker runs: the next one finds both.
      await target.signal('approve');
      await (stop === 'cancel' ? target.cancel() : target.signal(stop));
      const outcome = await temporal.with(
        lambda,
        () => temporal.targetOutcome(plan, 'prod'),
        temporal.taskQueue,
      );
      expect(outcome.status).toBe('rolledBack');
      expect(aliasOf(lambda)).toMatchObject({ version: '1', weights: {} });
    },
  );
});
