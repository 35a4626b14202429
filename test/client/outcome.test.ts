import { describe, expect, it } from '@jest/globals';
import { isOutcome } from '../../src/client/outcome.js';

const outcome = { schemaVersion: 1, counts: {}, failures: [] };

describe('an outcome in a memo, which any service may have written', () => {
  it('may say what people asked for, in texts', () => {
    const decision = { decision: 'rollback', at: '2026-05-04T10:00:00Z', by: 'ana' };
    expect(isOutcome(outcome)).toBe(true);
    expect(isOutcome({ ...outcome, decisions: [decision] })).toBe(true);
  });

  it.each<[string, unknown]>([
    ['no list', 'rollback'],
    ['nothing', [null]],
    ['a comment that is no text', [{ decision: 'rollback', at: '2026-05-04', comment: {} }]],
    ['a name that is no text', [{ decision: 'rollback', at: '2026-05-04', by: 7 }]],
  ])('is none when what people asked for is %s', (_, decisions) => {
    expect(isOutcome({ ...outcome, decisions })).toBe(false);
  });
});
