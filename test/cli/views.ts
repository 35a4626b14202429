import type { DeploymentRecord, DeploymentReport } from '../../src/client.js';
import { ConflictError, SeveralGatesError } from '../../src/client/errors.js';
import type { Dropped } from '../../src/domain/queue.js';
import type { Presenter } from '../../src/cli/presenter/presenter.js';
import { preflight } from './preflights.js';
import { missing } from './renderedTree.js';
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
import { waitingGate } from './waitingGates.js';

const DEADLINE = '2026-05-04T12:00:00.000Z';

export const waiting = waitingReport(
  ended('staging', {
    functions: [{ name: 'orders', version: '8', summary: 'was updated as version 8' }],
  }),
  held('prod-eu', { deadline: DEADLINE, roles: ['sre'] }),
  held('prod-us', { kind: 'pause', deadline: DEADLINE }),
  target('later', { dependsOn: ['prod-eu', 'prod-us'] }),
);

const stuck = waitingReport(
  busy('prod', {
    phase: 'rollbackStuck',
    activity: 'giving the traffic of orders back',
    step: { number: 2, of: 3, type: 'analysis' },
    functions: [
      {
        name: 'orders',
        alias: 'live',
        weight: 50,
        wantedWeight: 0,
        version: '8',
        previousVersion: '7',
        restored: [],
      },
    ],
    gates: [{ id: 'prod/rollback', kind: 'stuckRollback', openedAt: START }],
    decisions: [
      {
        decision: 'retried',
        gate: 'prod/rollback',
        at: START,
        by: 'ana',
        times: 2,
        known: 'claimed',
      },
    ],
    ignored: [{ at: START, verb: 'approve', reason: 'Nothing waits for an approval.' }],
    notices: ['The webhook is called again in 5 s.'],
    analyses: [
      {
        gate: 'prod/steps/2',
        run: 2,
        of: 2,
        verdict: 'failed',
        queries: [
          {
            query: 'errors',
            function: 'orders',
            provider: 'prometheus',
            upperLimit: 0.01,
            values: [0.02, 0.04],
            average: 0.03,
            withoutData: 0,
            verdict: 'failed',
          },
        ],
      },
    ],
    problems: [{ code: 'accessDenied', message: 'The role lacks a permission.' }],
  }),
);

const failed = failedReport();

function record(changes: Partial<DeploymentReport>): DeploymentRecord {
  const {
    application,
    deploymentId,
    workflowId,
    runId,
    state,
    startedAt,
    startedBy,
    commit,
    endedAt,
    outcome,
  } = report(changes);
  const facts = { schemaVersion: 1, application, workflowId, runId, state, startedAt } as const;
  return {
    ...facts,
    ...(deploymentId !== undefined && { deploymentId }),
    ...(startedBy !== undefined && { startedBy }),
    ...(commit !== undefined && { commit }),
    ...(endedAt !== undefined && { endedAt }),
    ...(outcome !== undefined && { outcome }),
  };
}

const endedAt = '2026-05-04T10:02:10.000Z';
/** It waits for its turn. */
const next = { deploymentId: '7e2a1d2f', startedBy: 'ben', queuedAt: '2026-05-04T10:00:35.000Z' };
const goesBack = { to: 'before', deploymentId: '1c9f22aa', comment: 'wrong release' } as const;
const records = [
  { ...record({}), waiting: next },
  record({ application: 'payments', state: 'failed', endedAt, outcome: failed.outcome! }),
  record({ application: 'a', state: 'terminated', endedAt, startedBy: 'deploy-bot' }),
  { ...record({ application: 'b' }), goesBack },
  { ...record({ application: 'c' }), gates: waiting.gates },
  { ...record({ application: 'd' }), gates: stuck.gates, phase: 'rollingBack' as const },
];
const silent = { ...record({ application: 'e' }), gatesUnknown: 'noAnswer' as const };

const gates = [
  waitingGate('shop', 'prod-eu/steps/2', { deadline: DEADLINE, roles: ['sre', 'lead'] }),
  waitingGate('payments', 'prod/rollback', { kind: 'stuckRollback' }),
];

const dropped: Dropped = {
  deploymentId: '7e2a1d2f',
  queuedAt: '2026-05-04T10:01:10.000Z',
  reason: 'replaced',
  by: { deploymentId: '8f3b2e3a', startedBy: 'ben' },
  droppedAt: '2026-05-04T10:02:00.000Z',
};

/** Every view, from recorded reports, by the name of its golden file. */
export const VIEWS: Readonly<Record<string, (presenter: Presenter) => void>> = {
  started: (presenter) => {
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
  },
  queued: (presenter) => {
    presenter.queued({
      state: 'queued',
      application: 'shop',
      deploymentId: '7e2a1d2f',
      workflowId: 'sluice-queue:shop',
      namespace: 'default',
      workersPolling: true,
      running: {
        runId: 'run-1',
        isOpen: true,
        startedAt: '2026-05-04T10:00:00.000Z',
        deploymentId: '6d1f0c1e',
        startedBy: 'ana',
      },
      replaced: { deploymentId: '5c0e9b0d', queuedAt: '2026-05-04T10:01:00.000Z' },
    });
    presenter.dropped(dropped);
  },
  watched: (presenter) => {
    presenter.changed(report({ targets: [busy('staging'), target('prod')] }));
    presenter.changed(waiting);
    presenter.changed({ ...waiting, answering: false, stale: true });
    presenter.ended(failed);
  },
  detached: (presenter) => {
    presenter.changed(report({ notice: 'It waits for another.' }));
    presenter.detached({ application: 'shop' });
  },
  detachedWaiting: (presenter) => {
    presenter.waits({ application: 'shop', ...next });
    presenter.detached({ application: 'shop', waiting: next.deploymentId });
  },
  status: (presenter) => presenter.status(waiting),
  next: (presenter) => presenter.status(report({ waiting: next })),
  goesBack: (presenter) => presenter.status(report({ goesBack })),
  stuck: (presenter) => presenter.status(stuck),
  ended: (presenter) => presenter.status(failed),
  terminated: (presenter) => {
    const { phase: _, ...rest } = report({ endedAt, problem: 'Somebody terminated it.' });
    presenter.status({ ...rest, state: 'terminated' });
  },
  running: (presenter) => presenter.running([record({})], 'No deployment runs.'),
  none: (presenter) => presenter.running([], 'No deployment runs.'),
  preflight: (presenter) => presenter.preflight(preflight(), 'failed'),
  records: (presenter) =>
    presenter.records([...records, silent], 'There are more than 3: see more with --limit.'),
  gates: (presenter) => {
    presenter.gates(gates);
    presenter.unknownWaits([silent]);
  },
  gatesToReject: (presenter) => presenter.gates(gates.slice(0, 1), { command: 'reject' }),
  notAnswered: (presenter) =>
    presenter.notAnswered({
      application: 'shop',
      deploymentId: '6d1f0c1e',
      gate: 'prod/steps/2',
      code: 'notAccepted',
      message: 'No gate prod/steps/2 is open. It was approved by bob.',
    }),
  answered: (presenter) =>
    presenter.answered({
      application: 'shop',
      deploymentId: '6d1f0c1e',
      workflowId: 'sluice:shop',
      runId: 'run-1',
      verb: 'approve',
      gates: ['prod/steps/2'],
      done: 'prod/steps/2: approved',
    }),
};

/** Errors with more than a sentence. */
export const ERRORS: Readonly<Record<string, Error>> = {
  conflict: new ConflictError('shop', { running: record({}) }),
  waiting: new ConflictError('shop', { waiting: next }),
  dropped: new ConflictError('shop', { dropped }),
  ambiguous: new SeveralGatesError(waiting.gates),
  unexpected: new Error('Something broke.'),
};
