import type { WorkflowExecutionInfo } from '@temporalio/client';
import { readGoingBack } from '../domain/goingBack.js';
import { textIn } from '../domain/shortText.js';
import type { DeploymentPhase } from '../domain/status.js';
import type { DeploymentFacts, RunState } from './report.js';

type Execution = Pick<
  WorkflowExecutionInfo,
  'workflowId' | 'runId' | 'status' | 'startTime' | 'closeTime' | 'memo'
>;

/** What Temporal knows about a run, its memo included. Any service may have written the memo. */
export function factsOf(execution: Execution): DeploymentFacts {
  const { workflowId, runId, startTime, closeTime } = execution;
  const memo = execution.memo ?? {};
  return {
    schemaVersion: 1,
    // Not as the memo says: the id is what commands find it by.
    application: workflowId.replace(/^sluice:/, ''),
    ...given('deploymentId', textIn(memo.deploymentId)),
    workflowId,
    runId,
    state: stateOf(execution),
    ...given('phase', phaseOf(execution)),
    startedAt: startTime.toISOString(),
    ...given('endedAt', closeTime?.toISOString()),
    ...given('startedBy', textIn(memo.startedBy)),
    ...given('commit', textIn(memo.commit)),
    ...given('goesBack', readGoingBack(memo.goesBack)),
  };
}

/** Temporal calls them failed, too; the memo says what they are. */
const ENDS_WITHOUT_FAULT = ['rolledBack', 'cancelled'] as const;

/** What a deployment says of itself while it runs, where lists should not leave it out. */
const PHASES = ['rollingBack', 'cancelling'] as const;

function phaseOf(execution: Execution): DeploymentPhase | undefined {
  if (stateOf(execution) !== 'running') return undefined;
  return PHASES.find((one) => one === execution.memo?.phase);
}

function stateOf({ status, memo }: Execution): RunState {
  switch (status.name) {
    case 'COMPLETED':
      return 'succeeded';
    case 'FAILED':
      return ENDS_WITHOUT_FAULT.find((one) => one === memo?.status) ?? 'failed';
    case 'CANCELLED':
      return 'cancelled';
    case 'TERMINATED':
      return 'terminated';
    case 'TIMED_OUT':
      return 'timedOut';
    default:
      return 'running';
  }
}

function given<Key extends string, Value>(key: Key, value: Value | undefined) {
  return (value === undefined ? {} : { [key]: value }) as Partial<Record<Key, Value>>;
}
