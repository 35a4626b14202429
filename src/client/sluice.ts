import { SluiceError } from '../settings/sluiceError.js';
import type { DeploymentOutcome } from '../domain/outcomes.js';
import type { Answered, AnsweredRun } from './answers/answer.js';
import { answerGate, type GateOptions } from './answers/gate.js';
import { cancel, rollBack, type RollbackOptions } from './answers/whole.js';
import { untilClosed } from './closing.js';
import { ask } from './requests.js';
import type { Link } from './link.js';
import {
  findDeployment,
  listApplications,
  listHistory,
  type ListOptions,
  listRunning,
} from './list.js';
import type { Origin } from '../domain/metadata.js';
import type { Queued } from '../domain/queue.js';
import { dequeue, type DequeueOptions, listWaiting, readWaiting } from './queue.js';
import { readEnding } from './outcome.js';
import { findPlan, type PlanSource } from './planSource.js';
import { lookAhead, type LookOptions } from './preflight.js';
import type { Preflight } from './preflightReport.js';
import type { DeploymentFacts, DeploymentRecord, DeploymentReport } from './report.js';
import {
  type QueuedDeployment,
  type StartedDeployment,
  type StartingOptions,
  startPlan,
} from './start.js';
import { readFacts, readReport } from './status.js';
import { type Turn, untilReleased } from './turn.js';
import { type WatchOptions, watchDeployment } from './watch.js';

/** What to deploy, and who starts it. */
export type StartOptions = PlanSource & Origin & StartingOptions;

/** What would be deployed, and how far it is looked at. */
export type PlanOptions = PlanSource & LookOptions;

export interface RunOptions {
  /** A run of the application. By default the newest. */
  runId?: string;
}

/** Starts deployments and tells how they are. Made by `connect`. */
export class Sluice {
  readonly #link: Link;

  constructor(link: Link) {
    this.#link = link;
  }

  /** host:port of Temporal. */
  get address(): string {
    return this.#link.settings.address;
  }

  get namespace(): string {
    return this.#link.settings.namespace;
  }

  /**
   * Starts a deployment, which runs whether or not anybody waits for it; or queues it, where its
   * plan says `enqueueOne` or `supersede` is asked for, and another of the application runs.
   *
   * @throws InvalidFileError when the file is not a deployment
   * @throws ConflictError when a deployment of the application runs or waits already
   * @throws SluiceError `invalidPlan`, `unreachable` or `namespaceNotFound`; `unanswered` when it is
   *   to be queued and no worker answers
   */
  async start(options: StartOptions): Promise<StartedDeployment | QueuedDeployment> {
    const { plan } = await findPlan(options);
    const { startedBy, commit, supersede = false } = options;
    const origin = {
      ...(startedBy !== undefined && { startedBy }),
      ...(commit !== undefined && { commit }),
    };
    return startPlan(this.#link, plan, origin, { supersede });
  }

  /**
   * Tells what a deployment would change, target by target, and what of it would fail. The workers
   * look with the deploy roles; nothing is written.
   *
   * @example
   * const preflight = await sluice.plan({ file: 'deploy.yaml' });
   * if (preflight.counts.problems > 0) throw new Error('it would fail');
   *
   * @throws InvalidFileError when the file is not a deployment
   * @throws SluiceError `unanswered` when no worker answers, `invalidPlan`, `unreachable` or
   *   `namespaceNotFound`
   */
  async plan(options: PlanOptions): Promise<Preflight> {
    const { plan } = await findPlan(options);
    return lookAhead(this.#link, plan, options);
  }

  /**
   * How an application's deployment is now.
   *
   * @throws SluiceError `notFound`, `unreachable` or `namespaceNotFound`
   */
  status(application: string, { runId }: RunOptions = {}): Promise<DeploymentReport> {
    return readReport(this.#link, application, runId);
  }

  /**
   * Reports a deployment each time it has changed; the last report is of its end. While Temporal
   * or the workers are away, it goes on and says so in the reports.
   *
   * @throws SluiceError `notFound`, or `unreachable` when Temporal does not answer at first
   */
  watch(application: string, options: WatchOptions = {}): AsyncGenerator<DeploymentReport, void> {
    return watchDeployment(this.#link, application, options);
  }

  /**
   * Waits for the end of a deployment.
   *
   * @returns its outcome, whether it succeeded or not
   * @throws SluiceError `noOutcome` when it was terminated or never began
   */
  async result(application: string, { runId }: RunOptions = {}): Promise<DeploymentOutcome> {
    const facts = await readFacts(this.#link, application, runId);
    await untilClosed(this.#link, facts, new AbortController().signal);
    const ending = await ask(this.#link, () => readEnding(this.#link.client, facts));
    if ('outcome' in ending) return ending.outcome;
    throw new SluiceError(
      'noOutcome',
      `The deployment of "${facts.application}" ended without an outcome: ${ending.problem}`,
    );
  }

  /**
   * Approves what waits for an approval. With one open gate no name is needed.
   *
   * @example
   * await sluice.approve('shop', { gate: 'prod/steps/2', by: 'ana', comment: 'looks good' });
   *
   * @returns what was done, once it is done
   * @throws SeveralGatesError when several gates are open and none is named: nothing was approved
   * @throws SluiceError `notAccepted` with the reason (no such gate, a role that is missing, a
   *   deployment that has ended), `unanswered` when no worker answers in time, or `notFound`
   */
  approve(application: string, options: GateOptions = {}): Promise<Answered> {
    return answerGate(this.#link, application, 'approve', options);
  }

  /**
   * Rejects what waits for an approval: everything that does, unless a gate is named. Its target
   * rolls back, or is blocked where nothing was written yet.
   *
   * @example
   * await sluice.reject('shop', { by: 'ana', comment: 'errors in the logs' });
   *
   * @throws SluiceError as for {@link approve}
   */
  reject(application: string, options: GateOptions = {}): Promise<Answered> {
    return answerGate(this.#link, application, 'reject', options);
  }

  /**
   * Ends a pause at once.
   *
   * @throws SeveralGatesError or SluiceError as for {@link approve}
   */
  skip(application: string, options: GateOptions = {}): Promise<Answered> {
    return answerGate(this.#link, application, 'skipPause', options);
  }

  /**
   * Answers a webhook in the place of the system that was called.
   *
   * @example
   * await sluice.answer('shop', { gate: 'prod/steps/3', success: true, comment: '212 tests passed' });
   *
   * @throws SeveralGatesError or SluiceError as for {@link approve}
   */
  answer(
    application: string,
    { success, ...options }: GateOptions & { success: boolean },
  ): Promise<Answered> {
    return answerGate(this.#link, application, 'webhookCallback', options, { success });
  }

  /**
   * Tries a stuck rollback again at once.
   *
   * @throws SeveralGatesError or SluiceError as for {@link approve}
   */
  retry(application: string, options: GateOptions = {}): Promise<Answered> {
    return answerGate(this.#link, application, 'retry', options);
  }

  /**
   * Gives a stuck rollback up: what is stuck stays as it is, and the target ends as
   * `rollbackFailed`.
   *
   * @throws SeveralGatesError or SluiceError as for {@link approve}
   */
  abandon(application: string, options: GateOptions = {}): Promise<Answered> {
    return answerGate(this.#link, application, 'abandon', options);
  }

  /**
   * Rolls a running deployment back: every target that has not ended, or the one that is named.
   *
   * @example
   * await sluice.rollback('shop', { by: 'ana', comment: 'wrong release' });
   *
   * @returns when the deployment has taken it in; {@link result} waits for the end
   * @throws SluiceError `notAccepted`, `unanswered` or `notFound`
   */
  rollback(application: string, options: RollbackOptions = {}): Promise<Answered> {
    return rollBack(this.#link, application, options);
  }

  /**
   * Cancels a running deployment: what has begun is taken back. No worker is needed to ask for it.
   *
   * @throws SluiceError `notAccepted` when it has ended, or `notFound`
   */
  cancel(application: string, { runId }: Pick<AnsweredRun, 'runId'> = {}): Promise<Answered> {
    return cancel(this.#link, application, runId);
  }

  /** The deployments that run, newest first. A new one is listed within seconds. */
  running(): AsyncGenerator<DeploymentFacts, void> {
    return listRunning(this.#link);
  }

  /**
   * The newest deployment of each application: those that run first, then those that ended last.
   * A new one is listed within seconds, and an old one until the namespace's retention is over.
   *
   * @example
   * for await (const { application, outcome } of sluice.list({ state: 'failed', limit: 20 }))
   *   console.log(application, outcome?.counts);
   */
  list(options: ListOptions = {}): AsyncGenerator<DeploymentRecord, void> {
    return listApplications(this.#link, options);
  }

  /**
   * The deployments of an application, newest first, within the namespace's retention.
   *
   * @example
   * for await (const { startedBy, commit, state } of sluice.history('shop'))
   *   console.log(startedBy, commit, state);
   *
   * @throws SluiceError `notFound` when there is none
   */
  history(application: string): AsyncGenerator<DeploymentRecord, void> {
    return listHistory(this.#link, application);
  }

  /**
   * The deployment with an id.
   *
   * @param application - whose deployment it is, where that is known: it is quicker
   * @throws SluiceError `notFound`
   */
  find(deploymentId: string, application?: string): Promise<DeploymentFacts> {
    return findDeployment(this.#link, deploymentId, application);
  }

  /**
   * Waits until a queued deployment has left the queue.
   *
   * @param signal - ends the waiting; the deployment keeps its place
   * @returns its run, or why it will not run; undefined when the signal came first
   * @throws SluiceError `notFound` when nothing is known of it (any more)
   */
  untilReleased(
    queued: Pick<QueuedDeployment, 'application' | 'deploymentId'>,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Turn | undefined> {
    return untilReleased(this.#link, queued, signal);
  }

  /** The deployment of an application that waits for its turn; undefined when none does. */
  waiting(application: string): Promise<Queued | undefined> {
    return readWaiting(this.#link, application);
  }

  /** The deployments that wait for their turn, each with its application. */
  queued(): AsyncGenerator<{ application: string; waiting: Queued }, void> {
    return listWaiting(this.#link);
  }

  /**
   * Takes a deployment that waits out of its application's queue.
   *
   * @returns what was done, in a sentence
   * @throws SluiceError `notAccepted` when it does not wait (any more), or `unanswered`
   */
  dequeue(application: string, options: DequeueOptions): Promise<string> {
    return dequeue(this.#link, application, options);
  }

  /** Gives the connection back. */
  close(): Promise<void> {
    return this.#link.client.connection.close();
  }
}
