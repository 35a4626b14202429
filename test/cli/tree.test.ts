import { describe, expect, it } from '@jest/globals';
import { coloured } from '../../src/cli/view/paint.js';
import { tree } from './renderedTree.js';
import {
  busy,
  ended,
  failedReport,
  held,
  report,
  START,
  target,
  waitingReport,
} from './reports.js';

const running = report({
  targets: [
    ended('staging', {
      functions: [{ name: 'orders', version: '8', summary: 'was updated as version 8' }],
    }),
    busy('prod-eu'),
    target('prod-us', { dependsOn: ['staging', 'prod-eu'] }),
  ],
});

describe('the tree of a deployment', () => {
  it('that runs', () => {
    expect(tree(running)).toBe(
      [
        'shop  deploying  1:05  1 of 3 deployed',
        'deployment 6d1f0c1e, started by ana, commit 4f2e1c0',
        '',
        '✔ staging   222222222222 eu-west-1  deployed  0:31',
        '    orders  was updated as version 8',
        '● prod-eu   222222222222 eu-west-1  giving 25 % of the traffic to orders',
        '    orders  ███░░░░░░░ 25 % on version 8',
        '○ prod-us   222222222222 eu-west-1  waits for prod-eu',
      ].join('\n'),
    );
  });

  it('that has failed', () => {
    expect(tree(failedReport())).toBe(
      [
        'shop  failed  2:10',
        'deployment 6d1f0c1e, started by ana, commit 4f2e1c0',
        '',
        '✔ staging   222222222222 eu-west-1  deployed  0:31',
        '    orders  was updated as version 8',
        '↺ prod-eu   222222222222 eu-west-1  rolled back  0:31',
        '    orders  is as it was before (version 7)',
        '    AWS does not accept the handler of orders. (AWS request c0ffee) Correct it in the file.',
        '    Warning: The description of orders is the new one.',
        '✖ prod-us   222222222222 eu-west-1  blocked',
        '    prod-us was not deployed, because it depends on prod-eu (rolledBack).',
        '',
        'failed after 2:10: 1 deployed, 1 rolled back, 1 blocked',
      ].join('\n'),
    );
  });

  it('that was terminated', () => {
    const { phase: _, ...rest } = report();
    const of = { ...rest, state: 'terminated', problem: 'Somebody did.' } as const;
    expect(tree({ ...of, endedAt: '2026-05-04T10:00:09.000Z' })).toBe(
      [
        'shop  terminated without a rollback  0:09',
        'deployment 6d1f0c1e, started by ana, commit 4f2e1c0',
        '',
        'Somebody did.',
        'terminated without a rollback after 0:09',
      ].join('\n'),
    );
  });

  it('for which no worker runs', () => {
    const { phase: _, ...rest } = report({ workersPolling: false, answering: false });
    expect(tree(rest).split('\n')).toEqual([
      'shop  waits for a worker  1:05',
      'deployment 6d1f0c1e, started by ana, commit 4f2e1c0',
      '',
      '! Nothing polls the task queue.',
    ]);
  });

  it('that does not answer, or cannot be asked', () => {
    expect(tree(report({ answering: false }))).toContain('! The deployment does not answer');
    expect(tree(report({ answering: false, stale: true }))).toContain('! Temporal does not answer');
  });

  it('that has something to say', () => {
    expect(tree(report({ notice: 'It waits for another.' }))).toContain('! It waits for another.');
  });

  it('is cut where the terminal ends', () => {
    const lines = tree(running, { width: 30 }).split('\n');
    expect(lines[1]).toBe('deployment 6d1f0c1e, started …');
    expect(lines[5]).toBe('● prod-eu   222222222222 eu-w…');
    expect(lines.every((line) => [...line].length <= 30)).toBe(true);
  });

  it('folds commands where the terminal ends, as a shell takes them', () => {
    const lines = tree(waitingReport(held('prod')), { width: 60 }).split('\n');
    expect(lines.slice(6, 10)).toEqual([
      '      To approve:',
      '        sluice deploy approve -n shop -i 6d1f0c1e --gate \\',
      '        prod/steps/2',
      '      To reject:',
    ]);
  });

  it('leaves the commands out when the terminal is too low for them, and says who has them', () => {
    const of = waitingReport(held('prod'), target('next'));
    expect(tree(of, { height: 8 }).split('\n').slice(3)).toEqual([
      '◆ prod      222222222222 eu-west-1  waiting for an approval at prod/steps/2, step 2 of 3',
      '    orders  ███░░░░░░░ 25 % on version 8',
      '    prod/steps/2 waits for an approval',
      '  How to answer: sluice deploy status -n shop',
      '  and 1 more',
    ]);
  });

  it('leaves out first what has ended, and then what waits, when the terminal is too low', () => {
    expect(tree(running, { height: 7 }).split('\n').slice(3)).toEqual([
      '● prod-eu   222222222222 eu-west-1  giving 25 % of the traffic to orders',
      '    orders  ███░░░░░░░ 25 % on version 8',
      '○ prod-us   222222222222 eu-west-1  waits for prod-eu',
      '  and 1 more',
    ]);
    expect(tree(running, { height: 6 }).split('\n').slice(3)).toEqual([
      '● prod-eu   222222222222 eu-west-1  giving 25 % of the traffic to orders',
      '    orders  ███░░░░░░░ 25 % on version 8',
      '  and 2 more',
    ]);
    expect(tree(running, { height: 2 }).split('\n')).toHaveLength(2);
  });

  it('says how many targets are done, and how many failed', () => {
    const of = (status: 'unchanged' | 'rolledBack' | 'blocked') =>
      target(status, { phase: 'ended', status });
    const targets = [of('unchanged'), of('rolledBack'), of('blocked'), target('d'), target('e')];
    expect(tree(report({ targets })).split('\n')[0]).toBe(
      'shop  deploying  1:05  1 of 5 deployed, 2 failed',
    );
  });

  it('is as wide as what it shows, in other scripts too', () => {
    const of = report({ targets: [ended('東京'), ended('prod')] });
    expect(tree(of).split('\n').slice(3)).toEqual([
      '✔ 東京  222222222222 eu-west-1  deployed  0:31',
      '✔ prod  222222222222 eu-west-1  deployed  0:31',
    ]);
  });

  it('has colours when they are asked for', () => {
    expect(tree(running, { paint: coloured })).toContain('\u001B[32m✔\u001B[39m staging');
  });

  it('shows control characters instead of obeying them', () => {
    const failure = { code: 'internal', message: 'first\nsecond\u001B[2J' } as const;
    const of = report({
      targets: [target('prod', { phase: 'ended', status: 'blocked', failure })],
    });
    expect(tree(of)).toContain('    first second␛[2J');
  });

  it('shows the control characters of whoever decided, of roles and of gates, too', () => {
    const evil = 'x\u001B[2J\u202Ey';
    const decision = { decision: 'approved', at: START, by: evil, known: 'claimed' } as const;
    const ignored = [{ at: START, verb: 'approve', reason: evil }];
    const waiting = held('prod', { id: `prod/steps/2${evil}`, roles: [evil] });
    const of = waitingReport(ended('staging', { decisions: [decision] }), waiting);
    const text = tree({ ...of, ignored });
    // eslint-disable-next-line no-control-regex -- it must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202E]/);
    expect(text.match(/x␛\[2J/g)?.length).toBeGreaterThanOrEqual(4);
  });
});
