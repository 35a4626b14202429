import { describe, expect, it } from '@jest/globals';
import type { AliasShape } from '../../src/domain/functions.js';
import { otherTrafficText, seenText } from '../../src/domain/otherTraffic.js';
import type { FunctionProgress } from '../../src/domain/status.js';

const at = '2026-05-04T10:00:05.250Z';

/** A function whose new version is 8, and whose old one is 7. */
function progress(weight: number, seen: AliasShape): FunctionProgress {
  return {
    name: 'orders',
    alias: 'live',
    weight,
    wantedWeight: weight,
    version: '8',
    previousVersion: '7',
    restored: [],
    seen: { ...seen, at },
  };
}

describe('an alias that was last seen', () => {
  it.each<[string, number, AliasShape]>([
    ['before the first weight', 0, { version: '7', weights: {} }],
    ['at a weight', 25, { version: '7', weights: { 8: 0.25 } }],
    ['at a weight with a fraction', 33.3, { version: '7', weights: { 8: 0.333 } }],
    ['at 100 percent', 100, { version: '7', weights: { 8: 1 } }],
    ['promoted', 100, { version: '8', weights: {} }],
  ])('%s as the deployment gave it is nothing special', (_, weight, seen) => {
    expect(otherTrafficText(progress(weight, seen))).toBeUndefined();
  });

  it.each<[string, number, AliasShape, string]>([
    [
      'has another weight',
      25,
      { version: '7', weights: { 8: 0.6 } },
      'version 7 (40 %) and version 8 (60 %) instead of 25 % on version 8',
    ],
    [
      'is split by another deployment',
      10,
      { version: '7', weights: { 9: 0.1 } },
      'version 7 (90 %) and version 9 (10 %) instead of 10 % on version 8',
    ],
    [
      'has another version beside the new one',
      10,
      { version: '5', weights: { 8: 0.1 } },
      'version 5 (90 %) and version 8 (10 %) instead of 10 % on version 8',
    ],
    [
      'was split before anything was given',
      0,
      { version: '7', weights: { 6: 0.4 } },
      'version 7 (60 %) and version 6 (40 %)',
    ],
  ])('%s: that is told', (_, weight, seen, text) => {
    expect(otherTrafficText(progress(weight, seen))).toBe(text);
  });

  it('is told with when that was', () => {
    const one = progress(25, { version: '7', weights: { 8: 0.25 } });
    expect(seenText(one)).toBe(', seen at 2026-05-04T10:00:05Z');
    const { seen: _, ...unseen } = one;
    expect([seenText(unseen), otherTrafficText(unseen)]).toEqual(['', undefined]);
  });
});
