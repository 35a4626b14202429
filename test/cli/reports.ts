import type { DeploymentReport, OpenGate, TargetReport } from '../../src/client.js';
import { openGates } from '../../src/client/gates.js';
import type { TargetOutcome } from '../../src/domain/outcomes.js';

export const START = '2026-05-04T10:00:00.000Z';

/** A deployment that runs and says nothing special. */
export function report(changes: Partial<DeploymentReport> = {}): DeploymentReport {
  return {
    schemaVersion: 1,
    application: 'shop',
    deploymentId: '6d1f0c1e',
    workflowId: 'sluice:shop',
    runId: 'run-1',
    state: 'running',
    startedAt: START,
    startedBy: 'ana',
    commit: '4f2e1c0',
    phase: 'deploying',
    gates: [],
    ignored: [],
    answering: true,
    workersPolling: true,
    targets: [],
    ...changes,
  };
}

/** A deployment with targets that wait at gates. */
export function waitingReport(...targets: TargetReport[]): DeploymentReport {
  const of = report({ targets });
  return { ...of, gates: openGates(targets, [], { ...of, namespace: 'team' }) };
}

/** A target that waits at the second of three steps. */
export function held(name: string, changes: Partial<OpenGate> = {}): TargetReport {
  const gate: OpenGate = { id: `${name}/steps/2`, kind: 'approval', openedAt: START, ...changes };
  return busy(name, {
    phase: 'waiting',
    activity: gate.kind === 'pause' ? 'pausing for 5 min' : `waiting for an approval at ${gate.id}`,
    step: { number: 2, of: 3, type: gate.kind === 'pause' ? 'pause' : 'approval' },
    gates: [gate],
  });
}

/** Sluice's command that answers a gate of {@link waitingReport}. */
export function answer(verb: string, gate: string, ...more: string[]): string {
  return ['sluice deploy', verb, '-n shop -i 6d1f0c1e --gate', gate, ...more].join(' ');
}

/** Temporal's command that answers a gate of {@link waitingReport}. */
export function signalOf(signal: string, input: object): string {
  return (
    "temporal workflow signal --namespace 'team' --workflow-id 'sluice:shop' --run-id run-1 " +
    `--name ${signal} --input '${JSON.stringify(input)}'`
  );
}

/** A target that is as wanted, and whose constraint after the deployment failed. */
export function failedAfter(name: string): TargetReport {
  return ended(name, {
    failure: { code: 'approvalExpired', message: `${name}/after/1 was not approved within 1 h.` },
    decisions: [{ decision: 'expired', gate: `${name}/after/1`, at: START, known: 'timer' }],
  });
}

export function target(name: string, changes: Partial<TargetReport> = {}): TargetReport {
  return {
    name,
    region: 'eu-west-1',
    accountId: '222222222222',
    dependsOn: [],
    phase: 'waiting',
    ...changes,
  };
}

/** A target that has ended. */
export function ended(name: string, changes: Partial<TargetOutcome> = {}): TargetReport {
  const outcome: TargetOutcome = {
    target: name,
    status: 'deployed',
    warnings: [],
    functions: [],
    decisions: [],
    analyses: [],
    startedAt: START,
    endedAt: '2026-05-04T10:00:31.500Z',
    ...changes,
  };
  const { status, failure } = outcome;
  return target(name, { phase: 'ended', status, ...(failure && { failure }), outcome });
}

/** A target that releases and shifts. */
export function busy(
  name: string,
  progress: Partial<NonNullable<TargetReport['progress']>> = {},
): TargetReport {
  return target(name, {
    phase: 'running',
    progress: {
      schemaVersion: 1,
      target: name,
      phase: 'shifting',
      activity: 'giving 25 % of the traffic to orders',
      functions: [{ name: 'orders', weight: 25, wantedWeight: 25, version: '8', restored: [] }],
      gates: [],
      decisions: [],
      ignored: [],
      notices: [],
      analyses: [],
      problems: [],
      timeLeftMs: 1_000_000,
      startedAt: START,
      ...progress,
    },
  });
}

/** A deployment that has failed at one of three targets. */
export function failedReport(): DeploymentReport {
  const failure = {
    code: 'settingsRejected',
    message: 'AWS does not accept the handler of orders.',
    remedy: 'Correct it in the file.',
    target: 'prod-eu',
    awsRequestId: 'c0ffee',
  } as const;
  const dependency = {
    code: 'dependencyFailed',
    message: 'prod-us was not deployed, because it depends on prod-eu (rolledBack).',
    target: 'prod-us',
  } as const;
  return report({
    state: 'failed',
    endedAt: '2026-05-04T10:02:10.000Z',
    phase: 'ended',
    targets: [
      ended('staging', {
        functions: [{ name: 'orders', version: '8', summary: 'was updated as version 8' }],
      }),
      ended('prod-eu', {
        status: 'rolledBack',
        failure,
        functions: [{ name: 'orders', version: '7', summary: 'is as it was before' }],
        warnings: [{ code: 'notRestored', message: 'The description of orders is the new one.' }],
      }),
      target('prod-us', { phase: 'ended', status: 'blocked', failure: dependency }),
    ],
    outcome: {
      schemaVersion: 1,
      deploymentId: '6d1f0c1e',
      application: 'shop',
      status: 'failed',
      counts: { deployed: 1, rolledBack: 1, blocked: 1 },
      failures: [failure, dependency],
      startedAt: START,
      endedAt: '2026-05-04T10:02:10.000Z',
    },
  });
}
