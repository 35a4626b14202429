import { describe, expect, it } from '@jest/globals';
import { coloured } from '../../src/cli/view/paint.js';
import { tree } from './renderedTree.js';
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

describe('the tree of a deployment', () => {
  it('that waits for an approval, with the commands that answer', () => {
    const prod = held('prod', { roles: ['sre', 'lead'], deadline: '2026-05-04T12:00:00.000Z' });
    expect(tree(waitingReport(ended('staging'), prod)).split('\n')).toEqual([
      'shop  awaiting approval  1:05  1 of 2 deployed',
      'deployment 6d1f0c1e, started by ana, commit 4f2e1c0',
      '',
      '✔ staging   222222222222 eu-west-1  deployed  0:31',
      '◆ prod      222222222222 eu-west-1  waiting for an approval at prod/steps/2, step 2 of 3',
      '    orders  ███░░░░░░░ 25 % on version 8',
      '    prod/steps/2 waits for an approval by sre or lead until 2026-05-04T12:00:00Z  1:58:55 left',
      `      To approve: ${answer('approve', 'prod/steps/2', '--role sre')}`,
      `      To reject: ${answer('reject', 'prod/steps/2')}`,
    ]);
  });

  it('that pauses, with the command that goes on', () => {
    const prod = held('prod', { kind: 'pause', deadline: '2026-05-04T10:05:00.000Z' });
    const lines = tree(waitingReport(prod)).split('\n');
    expect(lines[0]).toBe('shop  paused  1:05');
    expect(lines.slice(3)).toEqual([
      '◆ prod      222222222222 eu-west-1  pausing for 5 min, step 2 of 3',
      '    orders  ███░░░░░░░ 25 % on version 8',
      '    prod/steps/2 pauses until 2026-05-04T10:05:00Z  3:55 left',
      `      To go on at once: ${answer('skip', 'prod/steps/2')}`,
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
      '    orders  ███░░░░░░░ 25 % on version 8',
      '    The role lacks a permission.',
      '    prod/rollback is stuck, and tried again by itself',
      `      To try at once: ${answer('retry', 'prod/rollback')}`,
      `      To leave everything as it is now: ${answer('abandon', 'prod/rollback')}`,
    ]);
  });

  it.each([
    [
      'before the alias has followed',
      { weight: 10, wantedWeight: 25 },
      '█▒▒░░░░░░░ 10 % on version 8, 90 % on version 7; wanted: 25 %',
    ],
    [
      'where it is to be',
      { weight: 33.3, wantedWeight: 33.3 },
      '███░░░░░░░ 33.3 % on version 8, 66.7 % on version 7',
    ],
    [
      'with everything on the new version',
      { weight: 100, wantedWeight: 100 },
      '██████████ 100 % on version 8, 0 % on version 7',
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
    expect(tree(of, { paint: coloured })).toContain('\u001B[31m✖\u001B[39m staging');
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
});
