import { describe, expect, it } from 'vitest';
import { notCarriedOut } from '../../src/domain/notCarriedOut.js';
import type { Step } from '../../src/domain/plan.js';
import { plan, targetPlan } from '../support/plans.js';

const pause: Step = { type: 'pause', durationMs: 1000 };

describe('what a plan asks for and this version does not do', () => {
  it('is nothing for a plan of weights', () => {
    expect(notCarriedOut(plan([targetPlan('prod')]))).toEqual([]);
  });

  it.each([
    ['pause', plan([targetPlan('prod', { beforeDeployment: [pause] })])],
    ['untilApproved', plan([targetPlan('prod', { afterDeployment: [{ type: 'approval' }] })])],
    ['pause', plan([targetPlan('prod')], { strategies: { allAtOnce: { steps: [pause] } } })],
    ['enqueueOne', plan([targetPlan('prod')], { ifDeploymentInProgress: 'enqueueOne' })],
  ])('is told in a sentence: %s', (what, given) => {
    const sentences = notCarriedOut(given);
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toContain(what);
    expect(sentences[0]).toMatch(/^This version of Sluice does not carry out .*\.$/);
  });

  it('is told once, however many targets ask for it', () => {
    const targets = ['a', 'b', 'c'].map((name) => targetPlan(name, { beforeDeployment: [pause] }));
    expect(notCarriedOut(plan(targets))).toHaveLength(1);
  });
});
