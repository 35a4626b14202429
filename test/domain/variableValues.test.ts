import { describe, expect, it } from '@jest/globals';
import type { ToldGate } from '../../src/domain/toldGate.js';
import { gateVariables, windowVariables } from '../../src/domain/variableValues.js';
import { BUILT_IN_VARIABLES, GATE_VARIABLES } from '../../src/domain/variables.js';

const WINDOW = {
  from: new Date('2026-05-04T10:00:00.000Z'),
  to: new Date('2026-05-04T10:05:00.500Z'),
};

describe('the variables of the look-back', () => {
  it('are all that the language has for queries alone', () => {
    const names = BUILT_IN_VARIABLES.filter(({ in: owners }) => owners.join() === 'query');
    expect(Object.keys(windowVariables(WINDOW)).map((name) => `sluice.${name}`)).toEqual(
      names.map(({ name }) => name),
    );
  });

  it('say when it begins and ends, and how long it is, at least a second', () => {
    expect(windowVariables(WINDOW)).toEqual({
      startTimeIso8601: '2026-05-04T10:00:00Z',
      startTimeEpochSeconds: '1777888800',
      startTimeEpochMillis: '1777888800000',
      endTimeIso8601: '2026-05-04T10:05:00Z',
      endTimeEpochSeconds: '1777889100',
      endTimeEpochMillis: '1777889100500',
      intervalSeconds: '301',
      intervalMillis: '300500',
      promQlStepInterval: '301s',
    });
    const { promQlStepInterval } = windowVariables({ from: WINDOW.to, to: WINDOW.to });
    expect(promQlStepInterval).toBe('1s');
  });
});

describe('the variables of a gate', () => {
  const deployment = { application: 'shop', deploymentId: 'd1' };

  it('are all that are there for it', () => {
    const told = { id: 'prod/before/1', kind: 'approval' } as const;
    const names = Object.keys(gateVariables(deployment, told)).map((key) => `sluice.${key}`);
    expect(names).toEqual(GATE_VARIABLES);
  });

  it('say what approves it, in a role that may, and what ends a pause', () => {
    const approval: ToldGate = { id: "o'b/steps/2", kind: 'approval', roles: ['on call', 'sre'] };
    expect(gateVariables(deployment, approval).answerCommand).toBe(
      "sluice deploy approve -n shop -i d1 --gate 'o'\\''b/steps/2' --role 'on call'",
    );
    const pause = { id: 'prod/steps/2', kind: 'pause' } as const;
    expect(gateVariables(deployment, pause).answerCommand).toBe(
      'sluice deploy skip -n shop -i d1 --gate prod/steps/2',
    );
  });
});
