import { setTimeout as sleep } from 'node:timers/promises';
import type { Dropped } from '../domain/queue.js';
import { isNotFound, SluiceError } from '../errors.js';
import type { Link } from './link.js';
import { findDeployment } from './list.js';
import { type QueueFacts, readQueue } from './queueFacts.js';
import type { DeploymentFacts } from './report.js';
import { readFacts } from './status.js';

/** How often the queue is looked at, in milliseconds. */
const INTERVAL_MS = 1000;

/** How a deployment left its application's queue: it runs, or it never will. */
export type Turn = { run: DeploymentFacts } | { dropped: Dropped };

/** Which queued deployment is meant. */
export interface Waiting {
  application: string;
  deploymentId: string;
}

/**
 * Follows a queued deployment until it has left the queue. While Temporal is away, it goes on.
 *
 * @returns undefined when the signal came first
 * @throws SluiceError `notFound` when nothing is known of it (any more)
 */
export async function untilReleased(
  link: Link,
  waiting: Waiting,
  signal: AbortSignal,
): Promise<Turn | undefined> {
  let last: string | undefined;
  while (!signal.aborted) {
    const look = await lookAt(link, waiting, last).catch(unlessAway);
    if (look?.turn !== undefined) return look.turn;
    last = look?.queue ?? last;
    await sleep(INTERVAL_MS, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

function unlessAway(error: unknown): undefined {
  if (!(error instanceof SluiceError && error.code === 'unreachable')) throw error;
}

/** @param last - the run of the queue in which it was seen last */
async function lookAt(
  link: Link,
  waiting: Waiting,
  last: string | undefined,
): Promise<{ turn?: Turn; queue?: string }> {
  const queue = await readQueue(link, waiting.application);
  if (queue?.isOpen === true && queue.waiting?.deploymentId === waiting.deploymentId) {
    return { queue: queue.runId };
  }
  const earlier = last === undefined || last === queue?.runId ? undefined : last;
  const turn =
    (await turnIn(link, waiting, queue)) ??
    (earlier === undefined
      ? undefined
      : await turnIn(link, waiting, await readQueue(link, waiting.application, earlier)));
  if (turn !== undefined) return { turn };
  try {
    return { turn: { run: await findDeployment(link, waiting.deploymentId, waiting.application) } };
  } catch (error) {
    // On its way from the queue to its run it stands nowhere for a moment; a later queue never knew it.
    if (isNotFound(error) && queue?.isOpen === true && earlier === undefined) return {};
    throw error;
  }
}

/** What a queue remembers of it. */
async function turnIn(
  link: Link,
  { application, deploymentId }: Waiting,
  queue: QueueFacts | undefined,
): Promise<Turn | undefined> {
  const dropped = queue?.dropped.find((one) => one.deploymentId === deploymentId);
  if (dropped !== undefined) return { dropped };
  const released = queue?.released.find((one) => one.deploymentId === deploymentId);
  return released && { run: await readFacts(link, application, released.runId) };
}
