import type { WorkflowExecutionInfo } from '@temporalio/client';
import { readGoingBack } from '../domain/goingBack.js';
import { MAX_ORIGIN, shortText } from '../domain/shortText.js';
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
    ...given('deploymentId', text(memo.deploymentId)),
    workflowId,
    runId,
    state: stateOf(execution),
    startedAt: startTime.toISOString(),
    ...given('endedAt', closeTime?.toISOString()),
    ...given('startedBy', text(memo.startedBy)),
    ...given('commit', text(memo.commit)),
    ...given('goesBack', readGoingBack(memo.goesBack)),
  };
}

function stateOf({ status, memo }: Execution): RunState {
  switch (status.name) {
    case 'COMPLETED':
      return 'succeeded';
    case 'FAILED':
      return memo?.status === 'cancelled' ? 'cancelled' : 'failed';
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

function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return shortText(value, MAX_ORIGIN) || undefined;
}

function given<Key extends string, Value>(key: Key, value: Value | undefined) {
  return (value === undefined ? {} : { [key]: value }) as Partial<Record<Key, Value>>;
}
