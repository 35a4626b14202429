import { defined } from '../../domain/defined.js';
import type { TargetStatus } from '../../domain/outcomes.js';
import type { Verb } from '../../domain/verbs.js';
import { SluiceError } from '../../errors.js';
import type { Link } from '../link.js';
import type { DeploymentFacts } from '../report.js';
import { readFacts } from '../status.js';

/** Who answers a deployment, and why. It is kept in the outcome; names are not checked. */
export interface Answerer {
  by?: string;
  /** The role in which they answer: some approvals ask for one. */
  role?: string;
  /** Up to 300 characters. */
  comment?: string;
}

/** Which run of an application is meant, and how long its workers may take. */
export interface AnsweredRun {
  /**
   * A run of the application. An answer to one that has ended is refused, so that what comes late
   * reaches no other.
   *
   * @default the newest
   */
  runId?: string;
  /**
   * How long to wait for the answer, in milliseconds.
   *
   * @default 10_000
   */
  timeoutMs?: number;
}

/** What a deployment did about a request. */
export interface Answered {
  application: string;
  /** Absent when whoever started the deployment recorded none. */
  deploymentId?: string;
  workflowId: string;
  runId: string;
  verb: Verb | 'cancel' | 'dequeue';
  /** The gates that were answered; empty where it was about no gate. */
  gates: string[];
  /** What was done, in a sentence. */
  done: string;
  /** Of a cancellation: what it means for each target, in the order of the file. */
  targets?: CancelledTarget[];
}

/** What a cancellation means for a target, as far as it was known when it was asked. */
export interface CancelledTarget {
  target: string;
  /**
   * - `stays`: it has all traffic on the new version, or is unchanged, and stays so
   * - `goesBack`: what was written there is being taken back
   * - `isBack`: what was written there was taken back
   * - `untouched`: nothing was written there, and nothing will be
   * - `ended`: it had ended in another way, as its `status` says
   * - `notKnown`: it has not said (yet) what becomes of it
   */
  effect: 'stays' | 'goesBack' | 'isBack' | 'untouched' | 'ended' | 'notKnown';
  /** How it ended, where it has. */
  status?: TargetStatus;
}

/** How long workers may take, in milliseconds. */
export const ANSWER_TIMEOUT_MS = 10_000;

export function notAccepted(message: string, cause?: unknown): SluiceError {
  return new SluiceError('notAccepted', message, cause === undefined ? {} : { cause });
}

/**
 * The run that a request is for.
 *
 * @throws SluiceError `notAccepted` when it has ended, or `notFound`
 */
export async function runToAnswer(
  link: Link,
  application: string,
  runId: string | undefined,
): Promise<DeploymentFacts> {
  const facts = await readFacts(link, application, runId);
  if (facts.state === 'running') return facts;
  throw hasEnded(facts);
}

export function hasEnded({ application, state }: DeploymentFacts): SluiceError {
  const how = state === 'running' ? '' : ` (${state})`;
  return notAccepted(`The deployment of "${application}" has ended${how}.`);
}

export function answered(
  { application, deploymentId, workflowId, runId }: DeploymentFacts,
  what: Pick<Answered, 'verb' | 'gates' | 'done'>,
): Answered {
  return {
    application,
    ...defined({ deploymentId }),
    workflowId,
    runId,
    ...what,
  };
}
