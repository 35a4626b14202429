import { describe, expect, it } from '@jest/globals';
import { attemptsWithin, RETRY_DELAYS } from '../../src/domain/retries.js';

describe('the attempts that fit into a time', () => {
  it('are as many as the growing delays between them allow', () => {
    const { initialInterval, backoffCoefficient, maximumInterval } = RETRY_DELAYS;
    const times = [0];
    for (let delay: number = initialInterval; times.length < 40;) {
      times.push((times.at(-1) ?? 0) + delay);
      delay = Math.min(delay * backoffCoefficient, maximumInterval);
    }
    for (const ms of [0, 499, 500, 60_000, 120_000, 300_000, 600_000]) {
      expect([ms, attemptsWithin(ms)]).toEqual([ms, times.filter((at) => at <= ms).length]);
    }
    expect(attemptsWithin(Infinity)).toBe(Infinity);
  });
});
