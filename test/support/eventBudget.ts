import type { WorkflowHandle } from '@temporalio/client';

export type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;
type HistoryEvent = NonNullable<History['events']>[number];

/** What each thing may cost in events of a history, the workflow task that it leads to included. */
const COSTS: readonly [kind: keyof HistoryEvent, events: number][] = [
  ['activityTaskScheduledEventAttributes', 6],
  ['timerFiredEventAttributes', 5],
  ['timerCanceledEventAttributes', 2],
  ['workflowExecutionSignaledEventAttributes', 4],
  ['workflowExecutionCancelRequestedEventAttributes', 4],
  ['workflowExecutionUpdateAcceptedEventAttributes', 5],
  ['signalExternalWorkflowExecutionInitiatedEventAttributes', 4],
];

/** The workflow itself, and a little more. */
const BASE = 10;

/** How many events a target's history may have, for what happened in it. */
export function eventBudget({ events }: History): number {
  const cost = (event: HistoryEvent): number =>
    COSTS.find(([kind]) => event[kind] != null)?.[1] ?? 0;
  return (events ?? []).reduce((sum, event) => sum + cost(event), BASE);
}
