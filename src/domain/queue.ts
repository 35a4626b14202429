import type { Origin } from './metadata.js';
import { nameProblem } from './naming.js';
import type { Plan } from './plan.js';
import { MAX_ORIGIN, shortText } from './shortText.js';

/** A deployment that waits for its turn. */
export interface Queued extends Origin {
  deploymentId: string;
  /** ISO 8601. */
  queuedAt: string;
}

export const DROP_REASONS = ['replaced', 'superseded', 'cancelled'] as const;

/**
 * Why a deployment left the queue without running.
 *
 * - `replaced`: a newer one was queued.
 * - `superseded`: a newer one was started past the queue.
 * - `cancelled`: somebody took it out.
 */
export type DropReason = (typeof DROP_REASONS)[number];

/** A deployment that waited and will not run. */
export interface Dropped extends Queued {
  reason: DropReason;
  /** The newer one, or whoever took it out and why. */
  by?: { deploymentId?: string; startedBy?: string; comment?: string };
  /** ISO 8601. */
  droppedAt: string;
}

/** A deployment that left the queue and runs, or ran. */
export interface Released {
  deploymentId: string;
  runId: string;
}

/** A run of an application's deployment, as Temporal knows it. */
export interface LatestRun {
  runId: string;
  isOpen: boolean;
  /** ISO 8601. */
  startedAt: string;
  deploymentId?: string;
  startedBy?: string;
}

/** What a queue holds: its memo, the answer of its `status` query, and what it returns. */
export interface QueueState {
  schemaVersion: 1;
  application: string;
  /** The one that waits; null when none does. */
  waiting: Queued | null;
  /** The last twenty. */
  released: Released[];
  /** The last twenty. */
  dropped: Dropped[];
}

/** What the `enqueue` update takes. */
export interface EnqueueRequest extends Origin {
  plan: Plan;
}

/** What the `enqueue` update answers. */
export type EnqueueAnswer = {
  deploymentId: string;
  /** The one that waited before, which will not run. */
  replaced?: Queued;
} & (
  | ({ state: 'started' } & Released)
  | { state: 'queued'; running: LatestRun }
  | { state: 'dropped'; dropped: Dropped }
);

/** How many are remembered of what left the queue. */
export const MAX_REMEMBERED = 20;

/**
 * Makes sense of what was sent to the queue. The plan itself is checked by its deployment.
 *
 * @returns the request, or what is wrong with it as a sentence
 */
export function readEnqueueRequest(
  value: unknown,
  application: string,
): { request: EnqueueRequest } | { problem: string } {
  const { plan, startedBy, commit } = (value ?? {}) as Record<string, unknown>;
  const given = (plan ?? {}) as Partial<Plan>;
  if (given.application !== application) {
    return { problem: `Send {"plan": …} with a plan of the application ${application}.` };
  }
  if (typeof given.deploymentId !== 'string' || given.deploymentId === '') {
    return { problem: 'The plan has no deploymentId.' };
  }
  return {
    request: {
      plan: given as Plan,
      ...(typeof startedBy === 'string' && { startedBy: shortText(startedBy, MAX_ORIGIN) }),
      ...(typeof commit === 'string' && { commit: shortText(commit, MAX_ORIGIN) }),
    },
  };
}

/** Why a deployment will not run, as a sentence. */
export function droppedText({ deploymentId, reason, by }: Dropped): string {
  const newer = by?.deploymentId === undefined ? 'a newer one' : `deployment ${by.deploymentId}`;
  const who = by?.startedBy === undefined ? '' : ` by ${by.startedBy}`;
  const why = by?.comment === undefined ? '' : `: ${by.comment}`;
  const texts: Readonly<Record<DropReason, string>> = {
    replaced: `${newer}${who} was queued after it`,
    superseded: `${newer}${who} was started after it had been queued`,
    cancelled: `it was taken out of the queue${who}${why}`,
  };
  return `Deployment ${deploymentId} will not run: ${texts[reason]}.`;
}

/** The application of a queue's workflow id; undefined for another workflow id. */
export function applicationOfQueue(workflowId: string): string | undefined {
  const application = /^sluice-queue:([^:]+)$/.exec(workflowId)?.[1];
  if (application === undefined) return undefined;
  return nameProblem(application, 'application') === undefined ? application : undefined;
}
