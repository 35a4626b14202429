import { describe, expect, it } from '@jest/globals';
import type { DeploymentRecord, DeploymentReport, TargetReport } from '../../src/client.js';
import { recordLines } from '../../src/cli/view/recordLines.js';
import { plain } from '../../src/cli/view/paint.js';
import { tree } from './renderedTree.js';
import { busy, ended, failedReport, held, report, START, waitingReport } from './reports.js';

const back = (name: string): TargetReport =>
  busy(name, { phase: 'rollingBack', activity: 'restoring orders' });

function headline(of: DeploymentReport): string | undefined {
  return /^shop {2}(.+?) {2}/.exec(tree(of))?.[1];
}

describe('the headline of a deployment that goes back', () => {
  it.each<[string, DeploymentReport, string]>([
    ['whose only target does', report({ targets: [back('prod')] }), 'rolling back'],
    [
      'at one target, although others go on',
      report({ targets: [busy('us'), back('eu')] }),
      'rolling back eu',
    ],
    [
      'at one target, although another waits for an approval',
      waitingReport(held('us'), back('eu')),
      'rolling back eu',
    ],
    [
      'at very many',
      report({ targets: ['a', 'b', 'c', 'd', 'e'].map(back) }),
      'rolling back a, b, c and 2 more',
    ],
    [
      'because it is cancelled',
      report({ phase: 'cancelling', targets: [ended('us'), back('eu')] }),
      'cancelling: rolling back eu',
    ],
    [
      'as it says itself, of targets that do not answer',
      report({ phase: 'rollingBack', targets: [] }),
      'rolling back',
    ],
    ['while nothing has to', report({ phase: 'cancelling', targets: [ended('us')] }), 'cancelling'],
    [
      'and is stuck',
      waitingReport(held('eu', { id: 'eu/rollback', kind: 'stuckRollback' }), back('us')),
      'rollback stuck',
    ],
  ])('%s', (_, of, expected) => {
    expect(headline(of)).toBe(expected);
  });

  it('has below it who asked for it, when and why', () => {
    const decision = { at: '2026-05-04T10:00:59.123Z', by: 'ana', known: 'claimed' } as const;
    const of = report({
      phase: 'cancelling',
      decisions: [{ ...decision, decision: 'cancelled', comment: 'too early' }],
      targets: [back('prod')],
    });
    expect(tree(of).split('\n')[1]).toBe(
      'deployment 6d1f0c1e, started by ana, commit 4f2e1c0, ' +
        'A cancellation was asked for by ana at 2026-05-04T10:00:59Z: too early',
    );
  });
});

describe('a deployment in a list', () => {
  const line = (of: Partial<DeploymentReport>): string => {
    const options = { paint: plain, width: Infinity, now: START };
    return (
      recordLines([report(of)], options)[0]
        ?.text.split(/ {2,}/)
        .slice(0, 3)
        .join(' ') ?? ''
    );
  };

  it('that somebody has rolled back has not failed', () => {
    expect(line({ state: 'rolledBack' })).toBe('↺ shop rolled back');
    expect(line({ state: 'failed' })).toBe('✖ shop failed');
  });

  it('says who has stopped it, and why', () => {
    const decision = {
      decision: 'rollback',
      at: START,
      by: 'ana',
      comment: 'wrong release',
    } as const;
    const outcome = { ...failedReport().outcome!, decisions: [{ ...decision, known: 'claimed' }] };
    const of = { ...report({ state: 'rolledBack' }), outcome } as DeploymentRecord;
    const options = { paint: plain, width: Infinity, now: START };
    expect(recordLines([of], options)[0]?.text).toMatch(
      /; A rollback was asked for by ana: wrong release$/,
    );
  });

  it('that goes back says so while it runs', () => {
    expect(line({ phase: 'rollingBack' })).toBe('↺ shop rolling back');
    expect(line({ phase: 'cancelling' })).toBe('↺ shop cancelling');
  });
});
