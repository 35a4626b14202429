import type { WorkflowExecutionInfo } from '@temporalio/client';
import { readGoingBack } from '../domain/goingBack.js';
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
    application: text(memo.application) ?? workflowId.replace(/^sluice:/, ''),
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
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function given<Key extends string, Value>(key: Key, value: Value | undefined) {
  return (value === undefined ? {} : { [key]: value }) as Partial<Record<Key, Value>>;
}
