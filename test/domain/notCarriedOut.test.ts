import { describe, expect, it } from 'vitest';
import { notCarriedOut } from '../../src/domain/notCarriedOut.js';
import type { Step } from '../../src/domain/plan.js';
import { ANALYSIS, plan, targetPlan } from '../support/plans.js';

const webhook: Step = { type: 'runWebhook', webhook: 'tests', context: {} };

describe('what a plan asks for and this version does not do', () => {
  it('is nothing for a plan of weights, pauses and approvals', () => {
    const pause: Step = { type: 'pause', durationMs: 1000 };
    const target = targetPlan('prod', { beforeDeployment: [pause, { type: 'approval' }] });
    expect(notCarriedOut(plan([target]))).toEqual([]);
  });

  it.each([
    ['runWebhook', plan([targetPlan('prod', { beforeDeployment: [webhook] })])],
    ['analysis', plan([targetPlan('prod', { afterDeployment: [ANALYSIS] })])],
    ['analysis', plan([targetPlan('prod')], { strategies: { allAtOnce: { steps: [ANALYSIS] } } })],
    ['enqueueOne', plan([targetPlan('prod')], { ifDeploymentInProgress: 'enqueueOne' })],
  ])('is told in a sentence: %s', (what, given) => {
    const sentences = notCarriedOut(given);
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toContain(what);
    expect(sentences[0]).toMatch(/^This version of Sluice does not carry out .*\.$/);
  });

  it('is told once, however many targets ask for it', () => {
    const targets = ['a', 'b', 'c'].map((name) =>
      targetPlan(name, { beforeDeployment: [webhook] }),
    );
    expect(notCarriedOut(plan(targets))).toHaveLength(1);
  });
});
