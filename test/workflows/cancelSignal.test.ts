import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeploymentProgress } from '../../src/domain/status.js';
import { canary, during, type Parts } from '../support/canary.js';
import { deployment } from '../support/deployments.js';
import { holdPlanCheck } from '../support/heldPlanCheck.js';
import { MemoryLambda } from '../support/memoryLambda.js';
import { untilIgnored, untilOpen, untilProgress } from '../support/operator.js';
import { outcomeOf } from '../support/outcomes.js';
import { targetPlan } from '../support/plans.js';
import { eventually } from '../support/until.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

describe('the signal that cancels a deployment', () => {
  it('is heard also when nobody had looked at the plan yet, with who it was', async () => {
    const lambda = new MemoryLambda();
    const wanted = deployment(targetPlan('one', { functionNames: ['f'] }));
    const { checking, goOn } = holdPlanCheck(lambda);
    const outcome = await temporal.with(lambda, async () => {
      const handle = await temporal.start(wanted);
      await checking;
      await handle.signal('cancel', { by: 'ana', comment: 'too early' });
      goOn();
      return outcomeOf(handle);
    });
    expect(outcome).toMatchObject({
      status: 'cancelled',
      counts: { cancelled: 1 },
      decisions: [{ decision: 'cancelled', by: 'ana', comment: 'too early', known: 'claimed' }],
    });
    expect(lambda.functions.has('f')).toBe(false);
  });

  it.each<[string, unknown, object]>([
    ['nothing', undefined, { known: 'unnamed' }],
    ['a text', 'wrong release', { comment: 'wrong release' }],
    ['what looks like a gate', 'prod/steps/2', { comment: 'prod/steps/2' }],
    ['a number', 7, { known: 'unnamed' }],
  ])('is understood with %s', async (_, input, said) => {
    const act = async ({ deployment: whole, target }: Parts) => {
      await untilOpen(target(), 'prod/steps/2');
      await whole.signal('cancel', ...(input === undefined ? [] : [input]));
      expect(await outcomeOf(whole)).toMatchObject({
        status: 'cancelled',
        decisions: [{ decision: 'cancelled', ...said }],
      });
    };
    const { outcome } = await during(temporal, canary, act);
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: { code: 'cancelled' } });
  });

  it('shows at once that the target goes back, although a request is still under way', async () => {
    const act = async ({ deployment: whole, target, lambda }: Parts) => {
      const held = lambda.hang('updateCode', 'f');
      await held;
      await whole.signal('cancel', { by: 'ana' });
      const { activity } = await untilProgress(target(), ({ phase }) => phase === 'rollingBack');
      expect(activity).toBe('waiting for what is under way');
      await eventually(async () =>
        expect((await whole.query<DeploymentProgress>('status')).phase).toBe('cancelling'),
      );
      await whole.signal('cancel', { by: 'bob' });
      expect(await untilIgnored(whole, 'cancel')).toBe('The deployment is cancelled already.');
      lambda.release();
      expect((await outcomeOf(whole)).decisions).toMatchObject([{ by: 'ana' }]);
    };
    const { outcome } = await during(temporal, canary, act);
    expect(outcome.status).toBe('rolledBack');
  });
});
