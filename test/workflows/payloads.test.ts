import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Step } from '../../src/domain/plan.js';
import { GATES_SIGNAL } from '../../src/domain/names.js';
import { deployment } from '../support/deployments.js';
import { EMPTY, MemoryLambda } from '../support/memoryLambda.js';
import { untilIgnored, untilOpen } from '../support/operator.js';
import { outcomeOf } from '../support/outcomes.js';
import { functionPlan, targetPlan } from '../support/plans.js';
import { WorkflowServer } from '../support/workflowServer.js';
import { payloadsOf, SPECIMENS, type SpecimenName } from './random/payloads.js';
import { sendRaw } from './random/sendRaw.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

const steps: Step[] = [{ type: 'setWeight', weight: 25 }, { type: 'approval' }];
const target = targetPlan('a', {
  functions: [functionPlan('f', { alias: 'live' })],
  strategy: 'canary',
});

function world() {
  const lambda = new MemoryLambda();
  lambda.put('f', EMPTY, 'live');
  return { lambda, plan: { ...deployment(target), strategies: { canary: { steps } } } };
}

describe('whatever comes over the wire', () => {
  it('breaks neither a deployment nor a target, which go on to their end', async () => {
    const { lambda, plan } = world();
    const outcome = await temporal.with(lambda, async () => {
      const whole = await temporal.start(plan);
      const part = temporal.target(plan, 'a');
      await untilOpen(whole, 'a/steps/2');
      for (const name of Object.keys(SPECIMENS) as SpecimenName[]) {
        for (const { workflowId } of [whole, part]) {
          // What it asks for is nothing that could happen now.
          for (const signal of ['retry', GATES_SIGNAL, 'unheard-of']) {
            const payloads = payloadsOf({ specimen: name });
            await sendRaw(temporal.env.client.workflow, workflowId, signal, payloads);
          }
        }
      }
      await part.signal('approve', { gate: 'a/steps/2' });
      await outcomeOf(whole);
      return temporal.targetOutcome(plan, 'a');
    });
    expect(outcome.status).toBe('deployed');
  });

  it.each<[SpecimenName, string]>([
    ['broken JSON', 'approve came with an input that cannot be decoded.'],
    ['an unknown encoding', 'approve came with an input that cannot be decoded.'],
    ['protobuf as JSON', 'approve came with an input that cannot be decoded.'],
    ['a list in a list, and so on', 'approve came with a list.'],
    ['a very long name', 'approve came with a gate that is too long.'],
  ])('approves nothing when it is %s, and the status says why', async (specimen, reason) => {
    const { lambda, plan } = world();
    await temporal.with(lambda, async () => {
      const whole = await temporal.start(plan);
      const part = temporal.target(plan, 'a');
      await untilOpen(part, 'a/steps/2');
      const { workflow } = temporal.env.client;
      await sendRaw(workflow, part.workflowId, 'approve', payloadsOf({ specimen }));
      expect(await untilIgnored(part, 'approve')).toBe(reason);
      await part.signal('approve');
      await outcomeOf(whole);
    });
  });
});
