import { describe, expect, it } from '@jest/globals';
import { windowVariables } from '../../src/domain/variableValues.js';
import { BUILT_IN_VARIABLES } from '../../src/domain/variables.js';

const WINDOW = {
  from: new Date('2026-05-04T10:00:00.000Z'),
  to: new Date('2026-05-04T10:05:00.500Z'),
};

describe('the variables of the look-back', () => {
  it('are all that the language has for queries alone', () => {
    const names = BUILT_IN_VARIABLES.filter(({ in: owners }) => owners.join() === 'query');
    expect(Object.keys(windowVariables(WINDOW)).map((name) => `armory.${name}`)).toEqual(
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
