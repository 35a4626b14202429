import { describe, expect, it } from '@jest/globals';
import { detailsOf, memoOf, summaryOf } from '../../src/domain/metadata.js';
import { plan, targetPlan } from '../support/plans.js';

const many = Array.from({ length: 2000 }, (_, index) => targetPlan(`target-${index}`));

describe('what Temporal is told about a deployment', () => {
  const shop = plan([targetPlan('staging'), targetPlan('prod', { region: 'eu-west-1' })], {
    deploymentId: '6d1f0c1e',
    description: 'The shop, gradually',
  });

  it('is what whoever started it knows', () => {
    const memo = { schemaVersion: 1, deploymentId: '6d1f0c1e', application: 'shop' };
    expect(memoOf(shop, {})).toEqual(memo);
    expect(memoOf(shop, { startedBy: 'ana', commit: '4f2e' })).toEqual({
      ...memo,
      startedBy: 'ana',
      commit: '4f2e',
    });
  });

  it('is a line and a page for people', () => {
    expect(summaryOf(shop)).toBe('shop to 2 targets');
    expect(detailsOf(shop, { startedBy: 'ana', commit: '4f2e' }).split('\n')).toEqual([
      '**shop**',
      '',
      'The shop, gradually',
      '',
      '- deployment 6d1f0c1e',
      '- started by ana',
      '- commit 4f2e',
      '',
      '2 targets:',
      '- staging (us-east-1)',
      '- prod (eu-west-1)',
    ]);
  });

  it('does not turn names into markup', () => {
    const odd = plan([targetPlan('a*b*')], { application: '[x](javascript:y) <b>' });
    expect(detailsOf(odd, {})).toContain('**\\[x\\](javascript:y) \\<b\\>**');
    expect(detailsOf(odd, {})).toContain('- a\\*b\\* (us-east-1)');
  });

  it('fits into what Temporal takes, cut at a whole character', () => {
    const large = plan(many, { application: '東'.repeat(200), description: '京'.repeat(10_000) });
    const [summary, details] = [summaryOf(large), detailsOf(large, {})];
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(400);
    expect(summary).toMatch(/^東+…$/);
    expect(Buffer.byteLength(details)).toBeLessThanOrEqual(20_000);
    expect(details).not.toContain('\uFFFD');
    expect(detailsOf(plan(many), {})).toContain('- and 1950 more');
  });
});
