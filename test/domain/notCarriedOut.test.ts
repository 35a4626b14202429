import { describe, expect, it } from 'vitest';
import { notCarriedOut } from '../../src/domain/notCarriedOut.js';
import { ANALYSIS, plan, targetPlan } from '../support/plans.js';

describe('what a plan asks for and this version does not do', () => {
  it('is no step of the language', () => {
    const target = targetPlan('prod', {
      beforeDeployment: [
        { type: 'pause', durationMs: 1000 },
        { type: 'approval' },
        { type: 'runWebhook', webhook: 'tests', context: {} },
      ],
      afterDeployment: [ANALYSIS],
    });
    expect(notCarriedOut(plan([target]))).toEqual([]);
  });

  it('is told in a sentence: enqueueOne', () => {
    const given = plan([targetPlan('prod')], { ifDeploymentInProgress: 'enqueueOne' });
    expect(notCarriedOut(given)).toEqual([
      'This version of Sluice does not carry out enqueueOne yet, asked for by deploymentConfig.',
    ]);
  });
});
