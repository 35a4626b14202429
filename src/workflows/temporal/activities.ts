import {
  ActivityCancellationType,
  proxyActivities,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { Activities } from '../../activities/createActivities.js';
import { summaryText } from '../../domain/markdownText.js';
import { agentTaskQueue } from '../../domain/names.js';
import { RETRY_DELAYS } from '../../domain/retries.js';

/** Every activity says that it lives, and is run again when its worker does not. */
const ALIVE = {
  heartbeatTimeout: '10s',
  retry: RETRY_DELAYS,
} as const;

/**
 * Who goes first where work waits for a worker: 1 before 5, and 3 is what has none. A server that knows
 * no priorities hands work out in the order in which it came.
 * Source: https://docs.temporal.io/design-patterns/priority-task-queues
 */
const FIRST = { priorityKey: 1 };
const LATER = { priorityKey: 4 };
const LAST = { priorityKey: 5 };

/** Everything that only reads, packages too: bytes that stand still are given up by itself. */
const READING: ActivityOptions = {
  startToCloseTimeout: '15m',
  scheduleToCloseTimeout: '15m',
  ...ALIVE,
};

/** Everything that only looks ahead: somebody waits for it, so what does not answer is soon told. */
const LOOKING: ActivityOptions = {
  startToCloseTimeout: '5m',
  scheduleToCloseTimeout: '5m',
  priority: LAST,
  ...ALIVE,
};

/**
 * Everything that writes, and then waits until AWS has settled. A cancellation waits for the
 * attempt's end: a rollback must not begin while a request may still be on its way.
 */
const MUTATING: ActivityOptions = {
  startToCloseTimeout: '10m',
  scheduleToCloseTimeout: '30m',
  ...ALIVE,
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
};

/**
 * On the way back a failure has to come to light soon, so that a person can mend its cause. In
 * milliseconds.
 */
const LIGHT_MS = 3 * 60_000;

const ROLLING_BACK: ActivityOptions = {
  ...MUTATING,
  scheduleToCloseTimeout: LIGHT_MS,
  priority: FIRST,
};

/** Tidying up after a success: whatever is left over is left to the next deployment. */
const TIDYING: ActivityOptions = {
  ...MUTATING,
  scheduleToCloseTimeout: LIGHT_MS,
  priority: LATER,
};

/** Waiting for another run to end; it may be in the middle of a long rollback. */
const WAITING: ActivityOptions = {
  startToCloseTimeout: '30d',
  ...ALIVE,
};

/** One call of a webhook. Only a worker that was lost makes Temporal run it again. */
const CALLING: ActivityOptions = { ...READING, startToCloseTimeout: '2m' };

/** An agent takes work at once, or it is not there. */
const CALLING_FROM_AGENT: ActivityOptions = {
  startToCloseTimeout: '2m',
  scheduleToStartTimeout: '10s',
  ...ALIVE,
};

/** The activity itself knows when to give up: a time without workers is no answer. */
const MEASURING: ActivityOptions = {
  startToCloseTimeout: '2m',
  ...ALIVE,
};

/** @param summary - what a person reads in the timeline */
const withOptions = (options: ActivityOptions) => (summary: string) =>
  proxyActivities<Activities>({ ...options, summary: summaryText(summary) });

export const reading = withOptions(READING);
export const looking = withOptions(LOOKING);
export const mutating = withOptions(MUTATING);
export const rollingBack = withOptions(ROLLING_BACK);
export const tidying = withOptions(TIDYING);
export const waiting = withOptions(WAITING);
export const calling = withOptions(CALLING);
export const measuring = withOptions(MEASURING);

/**
 * Rolling code back, which may have to be fetched from AWS and sent to it again.
 *
 * @param timeoutMs - how long each of the two may take
 */
export function rollingCodeBack(
  timeoutMs: number,
  summary: string,
): ReturnType<typeof rollingBack> {
  const scheduleToCloseTimeout = LIGHT_MS + 2 * timeoutMs;
  return withOptions({ ...ROLLING_BACK, scheduleToCloseTimeout })(summary);
}

/**
 * Keeping code that is to be replaced, which is fetched and sent on at once. That it cannot be kept
 * mostly stops nothing, so it is not tried for long.
 *
 * @param timeoutMs - how long that may take
 */
export function keepingCode(timeoutMs: number, summary: string): ReturnType<typeof reading> {
  return withOptions({ ...READING, scheduleToCloseTimeout: LIGHT_MS + timeoutMs })(summary);
}

/** @param identifier - the agent's */
export function callingFromAgent(identifier: string, summary: string): ReturnType<typeof calling> {
  return withOptions({ ...CALLING_FROM_AGENT, taskQueue: agentTaskQueue(identifier) })(summary);
}
