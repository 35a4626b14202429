import { expect, it } from '@jest/globals';
import { retryAfterMs } from '../../../src/activities/webhooks/retryAfter.js';

const NOW = Date.parse('2026-05-04T10:00:00Z');

it.each([
  [undefined, undefined],
  ['0', undefined],
  ['3', 3000],
  ['999999999', 3_600_000],
  ['Mon, 04 May 2026 10:00:30 GMT', 30_000],
  ['Mon, 04 May 2026 09:00:00 GMT', undefined],
  ['Mon, 04 May 2099 10:00:30 GMT', 3_600_000],
  ['soon', undefined],
  ['-5', undefined],
])('Retry-After: %s asks to wait for %s ms', (header, ms) => {
  expect(retryAfterMs(header, NOW)).toBe(ms);
});
