import { describe, expect, it } from '@jest/globals';
import type { AfterStep, BeforeStep, Step } from '../../src/domain/plan.js';
import { toldGate } from '../../src/domain/toldGate.js';
import { ANALYSIS } from '../support/plans.js';

const tells: BeforeStep = { type: 'runWebhook', webhook: 'tells', context: {} };
const approval: BeforeStep = { type: 'approval', requiresRoles: ['sre'] };
const pause: BeforeStep = { type: 'pause', durationMs: 1000 };
const byHand: AfterStep = { ...ANALYSIS, rollForwardMode: 'manual' };
const weight: Step = { type: 'setWeight', weight: 25 };

const inStrategy = (...steps: Step[]) => ({
  target: 'prod',
  beforeDeployment: [pause],
  strategy: { steps },
  afterDeployment: [pause],
});
const before = (...beforeDeployment: BeforeStep[]) => ({
  ...inStrategy(weight, pause),
  beforeDeployment,
});

describe('a webhook without a callback is about', () => {
  it.each([
    ['the approval behind it', [tells, approval], { id: 'prod/steps/2', kind: 'approval' }],
    ['the next, not one after that', [tells, pause, approval], { id: 'prod/steps/2' }],
    ['one that comes after something else', [tells, weight, approval], { id: 'prod/steps/3' }],
    ['a person who decides after an analysis', [tells, byHand], { kind: 'approval' }],
    ['nothing that is over', [approval, tells], undefined],
    ['nobody where an analysis decides', [tells, ANALYSIS], undefined],
  ] as const)('%s, in a strategy', (_, steps, told) => {
    const at = steps.indexOf(tells) + 1;
    const gate = toldGate(inStrategy(...steps), `prod/steps/${at}`);
    if (told === undefined) expect(gate).toBeUndefined();
    else expect(gate).toMatchObject(told);
  });

  it('the next one beside it, or else the nearest before it, in constraints', () => {
    const two = before(approval, tells, pause, tells);
    expect(toldGate(two, 'prod/before/2')).toEqual({ id: 'prod/before/3', kind: 'pause' });
    expect(toldGate(two, 'prod/before/4')).toEqual({ id: 'prod/before/3', kind: 'pause' });
    expect(toldGate(before(approval, tells), 'prod/before/2')).toEqual({
      id: 'prod/before/1',
      kind: 'approval',
      roles: ['sre'],
    });
  });

  it('nothing of another list', () => {
    expect(toldGate(before(tells), 'prod/before/1')).toBeUndefined();
  });
});
