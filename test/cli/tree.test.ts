import { describe, expect, it } from 'vitest';
import type { DeploymentReport } from '../../src/client.js';
import { deploymentView } from '../../src/cli/view/deploymentView.js';
import { coloured, plain } from '../../src/cli/view/paint.js';
import { shown } from '../../src/cli/view/text.js';
import { renderTree, type TreeOptions } from '../../src/cli/view/tree.js';
import {
  answer,
  busy,
  ended,
  failedAfter,
  failedReport,
  held,
  report,
  START,
  target,
  waitingReport,
} from './reports.js';

const missing = { text: 'Nothing polls the task queue.', over: 'A worker polls it now.' };

function tree(of: DeploymentReport, options: Partial<TreeOptions> = {}): string {
  const limits = { paint: plain, width: Infinity, height: Infinity };
  const now = '2026-05-04T10:01:05.000Z';
  return renderTree(shown(deploymentView(of, missing)), { ...limits, now, ...options }).join('\n');
}

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
        '    orders  25 % on version 8',
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

  it('that waits for an approval, with the commands that answer', () => {
    const prod = held('prod', { roles: ['sre', 'lead'], deadline: '2026-05-04T12:00:00.000Z' });
    expect(tree(waitingReport(ended('staging'), prod)).split('\n')).toEqual([
      'shop  awaiting approval  1:05  1 of 2 deployed',
      'deployment 6d1f0c1e, started by ana, commit 4f2e1c0',
      '',
      '✔ staging   222222222222 eu-west-1  deployed  0:31',
      '◆ prod      222222222222 eu-west-1  waiting for an approval at prod/steps/2, step 2 of 3',
      '    orders  25 % on version 8',
      '    prod/steps/2 waits for an approval by sre or lead until 2026-05-04T12:00:00Z  1:58:55 left',
      `      To approve: ${answer('approve', { gate: 'prod/steps/2', role: 'sre' })}`,
      `      To reject: ${answer('reject', { gate: 'prod/steps/2' })}`,
    ]);
  });

  it('that pauses, with the command that goes on', () => {
    const prod = held('prod', { kind: 'pause', deadline: '2026-05-04T10:05:00.000Z' });
    const lines = tree(waitingReport(prod)).split('\n');
    expect(lines[0]).toBe('shop  paused  1:05');
    expect(lines.slice(3)).toEqual([
      '◆ prod      222222222222 eu-west-1  pausing for 5 min, step 2 of 3',
      '    orders  25 % on version 8',
      '    prod/steps/2 pauses until 2026-05-04T10:05:00Z  3:55 left',
      `      To go on at once: ${answer('skipPause', { gate: 'prod/steps/2' })}`,
    ]);
  });

  it('that is at several gates, of which the one that needs a person names the state', () => {
    const of = waitingReport(held('a', { kind: 'pause' }), held('b'));
    expect(tree(of).split('\n')[0]).toBe('shop  awaiting approval  1:05  0 of 2 deployed');
  });

  it('whose rollback is stuck', () => {
    const problem = { code: 'accessDenied', message: 'The role lacks a permission.' } as const;
    const stuck = busy('prod', {
      phase: 'rollbackStuck',
      activity: 'giving the traffic of orders back',
      problems: [problem],
      gates: [{ id: 'prod/rollback', kind: 'stuckRollback', openedAt: START }],
    });
    const lines = tree(waitingReport(stuck)).split('\n');
    expect(lines[0]).toBe('shop  rollback stuck  1:05');
    expect(lines.slice(3)).toEqual([
      '✖ prod      222222222222 eu-west-1  rollback stuck: giving the traffic of orders back',
      '    orders  25 % on version 8',
      '    The role lacks a permission.',
      '    prod/rollback is stuck, and tried again by itself',
      `      To try at once: ${answer('retry', { gate: 'prod/rollback' })}`,
      `      To leave everything as it is now: ${answer('abandon', { gate: 'prod/rollback' })}`,
    ]);
  });

  it.each([
    [
      'before the alias has followed',
      { weight: 10, wantedWeight: 25 },
      '10 % on version 8, 90 % on version 7; wanted: 25 %',
    ],
    [
      'where it is to be',
      { weight: 33.3, wantedWeight: 33.3 },
      '33.3 % on version 8, 66.7 % on version 7',
    ],
    [
      'with everything on the new version',
      { weight: 100, wantedWeight: 100 },
      '100 % on version 8, 0 % on version 7',
    ],
    [
      'on the way back',
      { restored: ['traffic', 'code and settings'] as const },
      'restored: traffic, code and settings',
    ],
  ])('shows the traffic of a function %s', (_, changes, text) => {
    const one = {
      name: 'orders',
      alias: 'live',
      weight: 0,
      wantedWeight: 0,
      version: '8',
      previousVersion: '7',
      restored: [],
    };
    const functions = [
      { ...one, ...changes, restored: [...('restored' in changes ? changes.restored : [])] },
    ];
    expect(tree(report({ targets: [busy('prod', { functions })] }))).toContain(`orders  ${text}`);
  });

  it('shows what people decided, with their comments', () => {
    const by = { by: 'ana', role: 'sre', comment: 'looks good', known: 'claimed' } as const;
    const decisions = [
      { decision: 'approved', gate: 'prod/steps/2', at: START, ...by },
      { decision: 'skipped', gate: 'prod/steps/3', at: START, known: 'unnamed' },
    ] as const;
    expect(tree(report({ targets: [ended('prod', { decisions: [...decisions] })] }))).toContain(
      [
        '    prod/steps/2 was approved by ana (sre): looks good',
        '    prod/steps/3 was skipped',
      ].join('\n'),
    );
  });

  it('says who rejected once, as the failure', () => {
    const decision = {
      decision: 'rejected',
      gate: 'prod/steps/2',
      at: START,
      by: 'bob',
      known: 'claimed',
    } as const;
    const failure = {
      code: 'approvalRejected',
      message: 'prod/steps/2 was rejected by bob.',
    } as const;
    const lines = tree(
      report({
        targets: [ended('prod', { status: 'rolledBack', failure, decisions: [decision] })],
      }),
    );
    expect(lines.match(/was rejected by bob/g)).toHaveLength(1);
  });

  it('does not look good where something failed after the promotion', () => {
    const of = report({ targets: [failedAfter('staging'), ended('dev'), target('prod')] });
    expect(tree(of).split('\n')).toEqual([
      'shop  deploying  1:05  1 of 3 deployed, 1 failed',
      'deployment 6d1f0c1e, started by ana, commit 4f2e1c0',
      '',
      '✖ staging  222222222222 eu-west-1  deployed with a failure  0:31',
      '    staging/after/1 expired',
      '    staging/after/1 was not approved within 1 h.',
      '✔ dev      222222222222 eu-west-1  deployed  0:31',
      '○ prod     222222222222 eu-west-1  waits',
    ]);
    expect(tree(of, { paint: coloured })).toContain('\u001B[31m✖\u001B[0m staging');
  });

  it('tells at its end how many of the deployed had a failure afterwards', () => {
    const outcome = {
      ...failedReport().outcome!,
      counts: { deployed: 2, blocked: 1 },
      failures: [],
    };
    const targets = [
      failedAfter('staging'),
      ended('dev'),
      target('prod', { phase: 'ended', status: 'blocked' }),
    ];
    const of = report({ state: 'failed', endedAt: '2026-05-04T10:02:10.000Z', targets, outcome });
    expect(tree(of)).toContain(
      'failed after 2:10: 1 deployed, 1 deployed with a failure, 1 blocked',
    );
  });

  it('tells of the last messages that changed nothing, wherever they went', () => {
    const ignored = (second: number, reason: string) => ({
      at: `2026-05-04T10:00:0${second}.000Z`,
      verb: 'approve',
      reason,
    });
    const at = busy('prod', { ignored: [2, 3, 4, 5, 6].map((second) => ignored(second, 'No.')) });
    const of = report({ targets: [at], ignored: [ignored(1, 'Early.'), ignored(7, 'Late.')] });
    const notices = tree(of)
      .split('\n')
      .filter((line) => line.startsWith('!'));
    expect(notices).toHaveLength(5);
    expect(notices.slice(-2)).toEqual([
      '! prod: approve at 10:00:06Z was ignored: No.',
      '! approve at 10:00:07Z was ignored: Late.',
    ]);
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
    expect(lines.slice(6, 11)).toEqual([
      '      To approve:',
      "        temporal workflow signal --namespace 'team' \\",
      "        --workflow-id 'sluice:shop' --run-id run-1 --name \\",
      '        approve --input \'{"gate":"prod/steps/2"}\'',
      '      To reject:',
    ]);
  });

  it('leaves the commands out when the terminal is too low for them, and says who has them', () => {
    const of = waitingReport(held('prod'), target('next'));
    expect(tree(of, { height: 8 }).split('\n').slice(3)).toEqual([
      '◆ prod      222222222222 eu-west-1  waiting for an approval at prod/steps/2, step 2 of 3',
      '    orders  25 % on version 8',
      '    prod/steps/2 waits for an approval',
      '  How to answer: sluice deploy status -n "shop"',
      '  and 1 more',
    ]);
  });

  it('leaves out first what has ended, and then what waits, when the terminal is too low', () => {
    expect(tree(running, { height: 7 }).split('\n').slice(3)).toEqual([
      '● prod-eu   222222222222 eu-west-1  giving 25 % of the traffic to orders',
      '    orders  25 % on version 8',
      '○ prod-us   222222222222 eu-west-1  waits for prod-eu',
      '  and 1 more',
    ]);
    expect(tree(running, { height: 6 }).split('\n').slice(3)).toEqual([
      '● prod-eu   222222222222 eu-west-1  giving 25 % of the traffic to orders',
      '    orders  25 % on version 8',
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
    expect(tree(running, { paint: coloured })).toContain('\u001B[32m✔\u001B[0m staging');
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
