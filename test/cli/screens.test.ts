import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { DeploymentReport } from '../../src/client.js';
import { encodingOf } from '../../src/cli/presenter/encoding.js';
import { LineLog } from '../../src/cli/presenter/lineLog.js';
import { LiveTree } from '../../src/cli/presenter/liveTree.js';
import { StreamPresenter } from '../../src/cli/presenter/streamPresenter.js';
import { TextPresenter } from '../../src/cli/presenter/textPresenter.js';
import { KeptConsole } from './keptConsole.js';
import { missing } from './renderedTree.js';
import {
  answer,
  busy,
  ended,
  failedReport,
  held,
  report,
  signalOf,
  START,
  target,
  waitingReport,
} from './reports.js';

let kept: KeptConsole;
beforeEach(() => {
  kept = new KeptConsole();
  jest.useFakeTimers({ now: Date.parse('2026-05-04T10:00:05.000Z') });
});
afterEach(() => {
  jest.useRealTimers();
});

const first = report({ targets: [busy('staging'), target('prod', { dependsOn: ['staging'] })] });
const second = report({ targets: [ended('staging'), busy('prod')] });

function textPresenter(screen: LineLog | LiveTree): TextPresenter {
  return new TextPresenter(kept, screen, missing);
}

describe('the log of a deployment', () => {
  function log(reports: DeploymentReport[], last?: DeploymentReport): string[] {
    const presenter = textPresenter(new LineLog(kept));
    for (const one of reports) presenter.changed(one);
    if (last) presenter.ended(last);
    presenter.close();
    return kept.written.trimEnd().split('\n');
  }

  it('has a line for every change', () => {
    expect(log([first, first, second], failedReport())).toEqual([
      '10:00:05Z  shop: deploying',
      '10:00:05Z  staging: giving 25 % of the traffic to orders (orders 25 % on version 8)',
      '10:00:05Z  staging: deployed after 0:31',
      '10:00:05Z  prod: giving 25 % of the traffic to orders (orders 25 % on version 8)',
      '10:00:05Z  staging: deployed after 0:31 (orders was updated as version 8)',
      '10:00:05Z  prod-eu: rolled back after 0:31 (orders is as it was before (version 7))',
      '10:00:05Z  prod-eu: AWS does not accept the handler of orders. (AWS request c0ffee) Correct it in the file.',
      '10:00:05Z  prod-eu: Warning: The description of orders is the new one.',
      '10:00:05Z  prod-us: blocked',
      '10:00:05Z  prod-us: prod-us was not deployed, because it depends on prod-eu (rolledBack).',
      '10:00:05Z  shop: failed after 2:10: 1 deployed, 1 rolled back, 1 blocked',
    ]);
  });

  it('says when no worker runs and when one does', () => {
    const alone = report({ workersPolling: false, answering: false });
    expect(log([alone, alone, report()])).toEqual([
      '10:00:05Z  shop: deploying',
      '10:00:05Z  Nothing polls the task queue.',
      '10:00:05Z  A worker polls it now.',
    ]);
  });

  it('does not say that a worker runs when it only cannot be asked', () => {
    const alone = report({ workersPolling: false, answering: false });
    expect(log([alone, { ...alone, stale: true }]).slice(2)).toEqual([
      '10:00:05Z  Temporal does not answer at the moment: this is the last that is known.',
    ]);
  });

  it('leaves out what nothing has been done to', () => {
    const functions = [{ name: 'orders', weight: 0, wantedWeight: 0, restored: [] }];
    const releasing = busy('prod', { activity: 'releasing orders', functions });
    expect(log([report({ targets: [releasing] })])).toContain('10:00:05Z  prod: releasing orders');
  });

  it('says that the deployment is being cancelled', () => {
    expect(log([report({ phase: 'cancelling' })])).toEqual(['10:00:05Z  shop: cancelling']);
  });

  it('repeats each minute that no worker runs, and not what was said before the watch', () => {
    const presenter = textPresenter(new LineLog(kept));
    presenter.notice(missing);
    presenter.changed(report({ workersPolling: false, answering: false }));
    expect(kept.errors).toBe('Nothing polls the task queue.\n');
    expect(kept.written).not.toContain('Nothing polls');
    jest.advanceTimersByTime(60_000);
    expect(kept.written).toContain('10:01:05Z  Nothing polls the task queue.');
    presenter.close();
  });

  it('says once that a gate is open and how to answer, however the time passes', () => {
    const deadline = '2026-05-04T12:00:00.000Z';
    const waiting = waitingReport(held('prod', { deadline }));
    const presenter = textPresenter(new LineLog(kept));
    presenter.changed(waiting);
    jest.advanceTimersByTime(1000);
    presenter.changed(waiting);
    presenter.close();
    expect(kept.written.trimEnd().split('\n')).toEqual([
      '10:00:05Z  shop: awaiting approval',
      '10:00:05Z  prod: waiting for an approval at prod/steps/2, step 2 of 3 (orders 25 % on version 8)',
      '10:00:05Z  prod: prod/steps/2 waits for an approval until 2026-05-04T12:00:00Z',
      `10:00:05Z  prod: To approve: ${answer('approve', 'prod/steps/2')}`,
      `10:00:05Z  prod: To reject: ${answer('reject', 'prod/steps/2')}`,
    ]);
  });

  it('says once what was decided', () => {
    const decision = { decision: 'approved', gate: 'prod/steps/2', at: START } as const;
    const decisions = [{ ...decision, by: 'ana', comment: 'fine', known: 'claimed' }] as const;
    const lines = log([
      report({ targets: [busy('prod', { decisions: [...decisions] })] }),
      report({ targets: [ended('prod', { decisions: [...decisions] })] }),
    ]);
    expect(lines.filter((line) => line.includes('approved'))).toEqual([
      '10:00:05Z  prod: prod/steps/2 was approved by ana: fine',
    ]);
  });

  it('says once that a message was ignored, and does not repeat it', () => {
    const ignored = [{ at: START, verb: 'approve', reason: 'Nothing waits for an approval.' }];
    const presenter = textPresenter(new LineLog(kept));
    presenter.changed(report({ ignored }));
    jest.advanceTimersByTime(60_000);
    presenter.changed(report({ ignored }));
    presenter.changed(report());
    presenter.close();
    expect(kept.written.trimEnd().split('\n')).toEqual([
      '10:00:05Z  shop: deploying',
      '10:00:05Z  approve at 10:00:00Z was ignored: Nothing waits for an approval.',
    ]);
  });

  it('says why a rollback is stuck', () => {
    const problem = { code: 'accessDenied', message: 'The role lacks a permission.' } as const;
    const stuck = busy('prod', { phase: 'rollbackStuck', activity: '', problems: [problem] });
    expect(log([], report({ targets: [stuck] })).slice(1, 3)).toEqual([
      '10:00:05Z  prod: rollback stuck (orders 25 % on version 8)',
      '10:00:05Z  prod: The role lacks a permission.',
    ]);
  });
});

describe('the tree on a terminal', () => {
  it('is drawn over what it drew before, and over again while time passes', () => {
    const presenter = textPresenter(new LiveTree(kept));
    presenter.changed(first);
    const lines = kept.written.split('\n').length - 1;
    expect(kept.written).toContain('shop  deploying  0:05');
    kept.written = '';
    jest.advanceTimersByTime(1000);
    expect(kept.written).toContain(`\r\u001B[${lines}A\u001B[0J`);
    expect(kept.written).toContain('shop  deploying  0:06');
    presenter.close();
  });

  it('leaves the first row of the screen and that of the cursor free', () => {
    const presenter = textPresenter(new LiveTree(kept));
    const names = Array.from({ length: 40 }, (_, index) => `target-${index}`);
    presenter.changed(report({ targets: names.map((name) => target(name)) }));
    const lines = kept.written.trimEnd().split('\n');
    expect(lines).toHaveLength(18);
    expect(lines.slice(-2)).toEqual([
      '○ target-13  222222222222 eu-west-1  waits',
      '  and 26 more',
    ]);
    presenter.close();
  });

  it('is left whole at the end, and nothing is drawn after it', () => {
    const presenter = textPresenter(new LiveTree(kept));
    presenter.changed(second);
    kept.written = '';
    presenter.ended(failedReport());
    expect(kept.written).toContain('Correct it in the file.');
    expect(kept.written).toContain('failed after 2:10: 1 deployed, 1 rolled back, 1 blocked\n');
    kept.written = '';
    jest.advanceTimersByTime(5000);
    expect(kept.written).toBe('');
  });

  it('says how to look again when somebody stops watching', () => {
    const presenter = textPresenter(new LiveTree(kept));
    presenter.changed(first);
    presenter.detached({ application: 'shop' });
    expect(kept.written).toContain('it goes on.');
    expect(kept.written).toContain('sluice deploy watch -n shop');
  });
});

describe('the stream for scripts', () => {
  it('has one object in each line, with a version and a type', async () => {
    const presenter = new StreamPresenter(kept, await encodingOf('json'));
    presenter.started({
      state: 'started',
      application: 'shop',
      deploymentId: '6d1f0c1e',
      workflowId: 'sluice:shop',
      runId: 'run-1',
      namespace: 'default',
      workersPolling: false,
      link: 'http://localhost/',
    });
    presenter.notice(missing);
    presenter.changed(first);
    presenter.ended(failedReport());
    presenter.detached({ application: 'shop' });
    presenter.status(first);
    presenter.running([]);
    const lines = kept.written.trimEnd().split('\n');
    const objects = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(objects.map(({ type }) => type)).toEqual([
      'started',
      'notice',
      'changed',
      'ended',
      'detached',
      'status',
      'running',
    ]);
    for (const { schemaVersion, at } of objects) {
      expect({ schemaVersion, at }).toEqual({ schemaVersion: 1, at: '2026-05-04T10:00:05.000Z' });
    }
    expect(objects[0]).toMatchObject({ deployment: { runId: 'run-1', link: 'http://localhost/' } });
    expect(objects[2]).toMatchObject({ deployment: { targets: [{ name: 'staging' }, {}] } });
    expect(objects[3]).toMatchObject({ exitCode: 4, deployment: { state: 'failed' } });
    expect(objects[6]).toMatchObject({ deployments: [] });
    expect(kept.errors).toBe('Nothing polls the task queue.\n');
  });
});

describe('the stream for scripts of a deployment that waits', () => {
  it('has each gate, its deadline and the commands that answer it', async () => {
    const deadline = '2026-05-04T12:00:00.000Z';
    new StreamPresenter(kept, await encodingOf('json')).status(
      waitingReport(held('prod', { deadline, roles: ['sre'] })),
    );
    expect(JSON.parse(kept.written)).toMatchObject({
      deployment: {
        gates: [
          {
            id: 'prod/steps/2',
            target: 'prod',
            kind: 'approval',
            deadline,
            roles: ['sre'],
            answers: [
              {
                signal: 'approve',
                command: signalOf('approve', { gate: 'prod/steps/2', role: 'sre' }),
                sluice: answer('approve', 'prod/steps/2', '--role sre'),
              },
              { signal: 'reject', command: signalOf('reject', { gate: 'prod/steps/2' }) },
            ],
          },
        ],
        targets: [{ progress: { step: { number: 2, of: 3, type: 'approval' } } }],
      },
    });
  });
});

describe('the deployments that run', () => {
  it('are listed, or it is said that there are none', () => {
    const presenter = textPresenter(new LineLog(kept));
    presenter.running([report(), report({ application: 'payments' })], 'None runs.');
    presenter.running([], 'None runs.');
    expect(kept.written.trimEnd().split('\n')).toEqual([
      'shop      started at 2026-05-04T10:00:00.000Z  deployment 6d1f0c1e',
      'payments  started at 2026-05-04T10:00:00.000Z  deployment 6d1f0c1e',
      'None runs.',
    ]);
  });
});
