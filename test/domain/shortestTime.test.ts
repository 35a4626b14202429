import { describe, expect, it } from '@jest/globals';
import { durationText } from '../../src/domain/durations.js';
import type { AfterStep, Step } from '../../src/domain/plan.js';
import { shortestTimes } from '../../src/domain/shortestTime.js';
import { ANALYSIS, plan, targetPlan } from '../support/plans.js';

const MINUTE = 60_000;
const pause = (minutes: number): AfterStep => ({ type: 'pause', durationMs: minutes * MINUTE });

/** Minutes at which each target can start and end. */
function minutes(...given: Parameters<typeof plan>): Record<string, [number, number]> {
  return inMinutes(shortestTimes(plan(...given)));
}

function inMinutes(times: ReturnType<typeof shortestTimes>): Record<string, [number, number]> {
  const spans = [...times];
  return Object.fromEntries(
    spans.map(([name, { startMs, endMs }]) => [name, [startMs / MINUTE, endMs / MINUTE]]),
  );
}

describe('the shortest time of a deployment', () => {
  it('is none where nothing waits: people and systems may answer at once', () => {
    const approval: Step = { type: 'approval', expiresAfterMs: MINUTE };
    const webhook: Step = { type: 'runWebhook', webhook: 'tests', context: {} };
    const strategies = { allAtOnce: { steps: [approval, webhook] } };
    expect(minutes([targetPlan('a')], { strategies })).toEqual({ a: [0, 0] });
  });

  it('adds the steps of a strategy, and takes the longest of a constraint', () => {
    const analysis = { ...ANALYSIS, intervalMs: 2 * MINUTE, runs: 5 };
    const target = targetPlan('a', {
      beforeDeployment: [{ type: 'pause', durationMs: MINUTE }, { type: 'approval' }],
      afterDeployment: [pause(3), pause(7), pause(5)],
    });
    const strategies = { allAtOnce: { steps: [pause(4), analysis] } };
    expect(minutes([target], { strategies })).toEqual({ a: [0, 1 + 4 + 10 + 7] });
  });

  it('follows the longest way through the dependencies', () => {
    const targets = [
      targetPlan('last', { dependsOn: ['short', 'long'], region: 'a-b-1' }),
      targetPlan('short', { afterDeployment: [pause(1)], region: 'a-b-2' }),
      targetPlan('long', { afterDeployment: [pause(9)], region: 'a-b-3' }),
    ];
    expect(minutes(targets)).toEqual({ short: [0, 1], long: [0, 9], last: [9, 9] });
  });

  it('has no pauses after weights where nothing serves traffic yet, and everything else', () => {
    const weight: Step = { type: 'setWeight', weight: 10 };
    const analysis = { ...ANALYSIS, intervalMs: MINUTE, runs: 2 };
    const steps = [pause(30), weight, pause(4), analysis, { ...weight, weight: 50 }, pause(8)];
    const target = targetPlan('a', { afterDeployment: [pause(1)] });
    const given = plan([target], { strategies: { allAtOnce: { steps } } });
    expect(inMinutes(shortestTimes(given))).toEqual({ a: [0, 30 + 4 + 2 + 8 + 1] });
    expect(inMinutes(shortestTimes(given, true))).toEqual({ a: [0, 30 + 2 + 1] });
  });

  it('knows that targets that release one function take turns', () => {
    const one = targetPlan('one', { afterDeployment: [pause(2)] });
    const two = targetPlan('two', { afterDeployment: [pause(3)] });
    expect(minutes([one, two])).toEqual({ one: [0, 2], two: [2, 5] });
  });
});

describe('a time for a person', () => {
  it.each([
    [0, '0 s'],
    [1, '0.001 s'],
    [59_000, '59 s'],
    [90_000, '1 min 30 s'],
    [3_600_000, '1 h'],
    [86_400_000 + 300_000, '24 h 5 min'],
    [-1000, '-1 s'],
  ])('is %d ms → %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});
