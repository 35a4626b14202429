import type { Client } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { TargetOutcome } from '../domain/outcomes.js';

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;
export type HistoryEvent = NonNullable<History['events']>[number];

/** A child workflow, as its parent's history tells it. */
export interface Child {
  phase: 'running' | 'ended';
  /** Absent when it ended without returning one. */
  outcome?: TargetOutcome;
}

/** The children of a run, by workflow id. */
export function childrenOf(events: readonly HistoryEvent[]): Map<string, Child> {
  const children = new Map<string, Child>();
  for (const event of events) {
    const started = event.childWorkflowExecutionStartedEventAttributes?.workflowExecution;
    if (started?.workflowId) children.set(started.workflowId, { phase: 'running' });
    const ended = endOf(event)?.workflowExecution?.workflowId;
    if (ended) children.set(ended, { phase: 'ended', ...resultOf(event) });
  }
  return children;
}

function endOf(event: HistoryEvent) {
  return (
    event.childWorkflowExecutionCompletedEventAttributes ??
    event.childWorkflowExecutionFailedEventAttributes ??
    event.childWorkflowExecutionCanceledEventAttributes ??
    event.childWorkflowExecutionTerminatedEventAttributes ??
    event.childWorkflowExecutionTimedOutEventAttributes
  );
}

function resultOf(event: HistoryEvent): { outcome?: TargetOutcome } {
  const result = event.childWorkflowExecutionCompletedEventAttributes?.result;
  const outcome = decode(result?.payloads?.[0]) as TargetOutcome | undefined;
  return outcome === undefined ? {} : { outcome };
}

/** The value of a payload; undefined for what is not JSON. */
export function decode(payload: Payload | null | undefined): unknown {
  if (!payload) return undefined;
  try {
    return defaultPayloadConverter.fromPayload(payload);
  } catch {
    return undefined;
  }
}
