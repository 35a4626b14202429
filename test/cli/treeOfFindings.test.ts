import { describe, expect, it } from '@jest/globals';
import { tree } from './renderedTree.js';
import { busy, report } from './reports.js';

describe('what was found at a target', () => {
  it('is shown while it runs: what holds it up, and the numbers of the last analysis', () => {
    const errors = { query: 'errors', provider: 'p', upperLimit: 0.1, values: [0.2], average: 0.2 };
    const queries = [{ ...errors, withoutData: 0, verdict: 'failed' }] as const;
    const target = busy('prod', {
      notices: ['No agent office takes the call of the webhook tests.'],
      analyses: [{ gate: 'prod/steps/2', run: 1, of: 3, queries: [...queries] }],
    });
    const lines = tree(report({ targets: [target] })).split('\n');
    expect(lines).toContain('    No agent office takes the call of the webhook tests.');
    expect(lines).toContain(
      '    prod/steps/2, run 1 of 3: errors: 0.2 on average, not within the limit of at most 0.1',
    );
  });
});
