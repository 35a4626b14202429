import { defined } from '../domain/defined.js';
import { SluiceError } from '../errors.js';
import type { DeploymentOutcome } from '../domain/outcomes.js';
import type { Answered } from './answers/answer.js';
import { cancel, type CancelOptions } from './answers/cancel.js';
import { answerGate, type GateOptions } from './answers/gate.js';
import { rollBack, type RollbackOptions } from './answers/whole.js';
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
import type { Queued } from '../domain/queue.js';
import { dequeue, type DequeueOptions } from './queue.js';
import { listWaiting, readWaiting } from './queueFacts.js';
import { readEnding } from './outcome.js';
import { planAgain } from './redeploy.js';
import { restoringPlan } from './restore.js';
import { findPlan, strictly } from './planSource.js';
import { lookAhead } from './preflight.js';
import type { Preflight } from './preflightReport.js';
import type {
  DeploymentFacts,
  DeploymentRecord,
  DeploymentReport,
  WaitingGates,
} from './report.js';
import { type QueuedDeployment, type StartedDeployment, startPlan } from './start.js';
import { readFacts, readReport } from './status.js';
import { type Turn, untilReleased } from './turn.js';
import { type GatesOptions, readWaitingGates } from './waitingGates.js';
import { type WatchOptions, watchDeployment } from './watch.js';
import type {
  PlanOptions,
  RedeployOptions,
  Restoring,
  RestoreOptions,
  RunOptions,
  StartOptions,
} from './options.js';

/**
 * Starts deployments and tells how they are. Made by {@link connect}. One can be used for as long as
 * the process lives, and by many callers at once: it connects again when the connection was lost.
 */
export class Sluice {
  readonly #link: Link;

  /** @internal */
  constructor(link: Link) {
    this.#link = link;
  }

  /** host:port of Temporal. */
  get address(): string {
    return this.#link.settings.address;
  }

  /** The namespace that its deployments live in. */
  get namespace(): string {
    return this.#link.settings.namespace;
  }

  /**
   * Starts a deployment, of a file, a file's text, what a parser made of one, or a plan. It runs
   * whether or not anybody waits for it. Where another one of the application runs, and the plan
   * says `enqueueOne` or `supersede` is asked for, the deployment is queued instead.
   *
   * A start whose answer was lost can be repeated with the same plan: it runs once, as long as no
   * other deployment of the application was started after it.
   *
   * @example A file, with a value for its templates, to one of its targets
   * ```ts
   * await sluice.start({
   *   file: 'deploy.yaml',
   *   asked: { targets: ['staging'], context: { release: '1.7.0' } },
   *   startedBy: 'release-bot',
   *   commit: '4f2e9c1',
   * });
   * ```
   *
   * @example A text, whose problems and conflicts are told apart
   * ```ts
   * import { ConflictError, InvalidFileError } from '@sluice-deploy/sluice';
   *
   * const text = 'version: v1 …';
   * try {
   *   await sluice.start({ text, fileName: 'deploy.yaml' });
   * } catch (error) {
   *   if (error instanceof ConflictError) {
   *     console.log(`${error.running?.startedBy ?? 'somebody'} is deploying it already`);
   *   } else if (error instanceof InvalidFileError) {
   *     for (const { file = 'deploy.yaml', line, message } of error.diagnostics)
   *       console.log(`${file}:${line}: ${message}`);
   *   } else throw error;
   * }
   * ```
   *
   * @throws InvalidFileError when the file or the text is not a deployment
   * @throws InvalidDeploymentError when the parsed object is not one
   * @throws ConflictError when a deployment of the application runs or waits already
   * @throws SluiceError `invalidPlan`, `unreachable` or `namespaceNotFound`; `unanswered` when it is
   *   to be queued and no worker answers
   */
  async start(options: StartOptions): Promise<StartedDeployment | QueuedDeployment> {
    const plan = strictly((await findPlan(options)).plan, options);
    const { startedBy, commit, supersede = false } = options;
    const origin = {
      ...defined({ startedBy, commit }),
    };
    return startPlan(this.#link, plan, origin, { supersede });
  }

  /**
   * Tells what a deployment would change, target by target, and what of it would fail. The workers
   * look with the deploy roles; nothing is written.
   *
   * @example
   * ```ts
   * const preflight = await sluice.plan({ file: 'deploy.yaml' });
   * if (preflight.counts.problems > 0) throw new Error('it would fail');
   * ```
   *
   * @throws InvalidFileError when the file is not a deployment
   * @throws SluiceError `unanswered` when no worker answers, `invalidPlan`, `unreachable` or
   *   `namespaceNotFound`
   */
  async plan(options: PlanOptions): Promise<Preflight> {
    const plan = strictly((await findPlan(options)).plan, options);
    return lookAhead(this.#link, plan, options);
  }

  /**
   * How an application's deployment is now, or how it ended. Temporal remembers it for as long as
   * the namespace's retention says.
   *
   * @param application - as the deployment file names it
   * @param options - which deployment of it
   *
   * @example
   * ```ts
   * const { state, gates } = await sluice.status('potatoless-facts');
   * console.log(state);
   * for (const { id, answers } of gates) console.log(id, answers[0]?.command);
   * ```
   *
   * @throws SluiceError `notFound`, `unreachable` or `namespaceNotFound`
   */
  status(application: string, { runId }: RunOptions = {}): Promise<DeploymentReport> {
    return readReport(this.#link, application, runId);
  }

  /**
   * What Temporal itself knows of an application's deployment: no worker is needed for it.
   *
   * @throws SluiceError `notFound`, `unreachable` or `namespaceNotFound`
   */
  facts(application: string, { runId }: RunOptions = {}): Promise<DeploymentFacts> {
    return readFacts(this.#link, application, runId);
  }

  /**
   * Reports a deployment each time it has changed; the last report is of its end. While Temporal
   * or the workers are away, it goes on and says so in the reports. It asks about once a second.
   *
   * @param application - as the deployment file names it
   * @param options - which deployment of it, and when to stop
   *
   * @example Until it has ended, or for an hour
   * ```ts
   * const signal = AbortSignal.timeout(3_600_000);
   * for await (const report of sluice.watch('potatoless-facts', { signal })) {
   *   for (const { name, phase } of report.targets) console.log(name, phase);
   * }
   * ```
   *
   * @throws SluiceError `notFound`, or `unreachable` when Temporal does not answer at first
   */
  watch(application: string, options: WatchOptions = {}): AsyncGenerator<DeploymentReport, void> {
    return watchDeployment(this.#link, application, options);
  }

  /**
   * Waits for the end of a deployment, for as long as that takes.
   *
   * @param application - as the deployment file names it
   * @param options - which deployment of it
   *
   * @example
   * ```ts
   * import { failureSentence } from '@sluice-deploy/sluice';
   *
   * const { status, failures } = await sluice.result('potatoless-facts');
   * if (status !== 'succeeded') console.log(failures.map(failureSentence).join('\n'));
   * ```
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
   * ```ts
   * await sluice.approve('shop', { gate: 'prod/steps/2', by: 'ana', comment: 'looks good' });
   * ```
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
   * ```ts
   * await sluice.reject('shop', { by: 'ana', comment: 'errors in the logs' });
   * ```
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
   * ```ts
   * await sluice.answer('shop', { gate: 'prod/steps/3', success: true, comment: '212 tests passed' });
   * ```
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
   * ```ts
   * await sluice.rollback('shop', { by: 'ana', comment: 'wrong release' });
   * ```
   *
   * @returns when the deployment has taken it in; {@link result} waits for the end
   * @throws SluiceError `notAccepted`, `unanswered` or `notFound`
   */
  rollback(application: string, options: RollbackOptions = {}): Promise<Answered> {
    return rollBack(this.#link, application, options);
  }

  /**
   * Cancels a running deployment: targets that have begun go back, unless they have all traffic on
   * the new version already; targets that have ended stay as they are. No worker is needed to ask
   * for it; with one, the answer says what becomes of each target.
   *
   * @example
   * ```ts
   * const { done, targets = [] } = await sluice.cancel('shop', { by: 'ana', comment: 'too early' });
   * console.log(done);
   * console.log(targets.filter(({ effect }) => effect === 'stays').map(({ target }) => target));
   * ```
   *
   * @returns when it is known what becomes of every target, or the time for an answer is up;
   *   {@link result} waits for the end
   * @throws SluiceError `notAccepted` when it has ended, or ends before the cancellation reaches it;
   *   `notFound`
   */
  cancel(application: string, options: CancelOptions = {}): Promise<Answered> {
    return cancel(this.#link, application, options);
  }

  /**
   * The deployments that run, newest first. A new one is listed within seconds.
   *
   * @example
   * ```ts
   * for await (const { application, startedAt } of sluice.running()) {
   *   console.log(application, startedAt);
   * }
   * ```
   *
   * @throws SluiceError `unreachable` or `namespaceNotFound`
   */
  running(): AsyncGenerator<DeploymentFacts, void> {
    return listRunning(this.#link);
  }

  /**
   * Where the deployments that run wait, the next deadline first. Each is asked, for 2 seconds at
   * most, and all together for 10; those that did not say are in `unknown`, and nothing is guessed
   * of them.
   *
   * @example What waits for a person, and the commands that answer it
   * ```ts
   * const { gates, unknown } = await sluice.gates();
   * for (const { kind, deployment, id, roles, deadline, answers } of gates) {
   *   if (kind !== 'approval') continue;
   *   console.log(deployment.application, id, roles ?? 'anybody', deadline ?? 'no deadline');
   *   for (const { sluice: command } of answers) console.log(command);
   * }
   * for (const { application, gatesUnknown } of unknown) console.log(application, gatesUnknown);
   * ```
   *
   * @param options - whose; by default of all that run
   * @throws SluiceError `unreachable` or `namespaceNotFound`; of one application `notFound`, or
   *   `notAccepted` when its deployment has ended
   */
  gates(options: GatesOptions = {}): Promise<WaitingGates> {
    return readWaitingGates(this.#link, options);
  }

  /**
   * The newest deployment of each application: those that run first, then those that ended last.
   * A new one is listed within seconds, and an old one until the namespace's retention is over.
   *
   * @example
   * ```ts
   * for await (const { application, outcome } of sluice.list({ state: 'failed', limit: 20 }))
   *   console.log(application, outcome?.counts);
   * ```
   *
   * @example With where those wait that run, which needs a worker
   * ```ts
   * for await (const { application, gates = [] } of sluice.list({ state: 'running', gates: true }))
   *   console.log(application, ...gates.map(({ id }) => id));
   * ```
   */
  list(options: ListOptions = {}): AsyncGenerator<DeploymentRecord, void> {
    return listApplications(this.#link, options);
  }

  /**
   * The deployments of an application, newest first, within the namespace's retention.
   *
   * @example
   * ```ts
   * for await (const { startedBy, commit, state } of sluice.history('shop'))
   *   console.log(startedBy, commit, state);
   * ```
   *
   * @throws SluiceError `notFound` when there is none
   */
  history(application: string): AsyncGenerator<DeploymentRecord, void> {
    return listHistory(this.#link, application);
  }

  /**
   * The deployment with an id. All deployments that Temporal remembers are looked through.
   *
   * @example
   * ```ts
   * const { application, runId } = await sluice.find('6f1f7b0e-6a53-4f0c-9d3c-0d6c1f3c9a11');
   * console.log(await sluice.status(application, { runId }));
   * ```
   *
   * @param application - whose deployment it is, where that is known: it is quicker
   * @throws SluiceError `notFound`
   */
  find(deploymentId: string, application?: string): Promise<DeploymentFacts> {
    return findDeployment(this.#link, deploymentId, application);
  }

  /**
   * Runs an earlier deployment again: the same plan, with exactly the packages that it had. It goes
   * through all its steps.
   *
   * @example
   * ```ts
   * const { application, runId } = await sluice.find('6f1f7b0e-6a53-4f0c-9d3c-0d6c1f3c9a11');
   * await sluice.redeploy(application, { runId, startedBy: 'ana' });
   * ```
   *
   * @throws ConflictError when a deployment of the application runs or waits already
   * @throws SluiceError `notAccepted` when the earlier one did not get as far as reading its
   *   packages, or `notFound`
   */
  async redeploy(
    application: string,
    { runId, startedBy, commit, supersede = false }: RedeployOptions = {},
  ): Promise<StartedDeployment | QueuedDeployment> {
    const facts = await readFacts(this.#link, application, runId);
    const plan = await planAgain(this.#link, facts);
    const found = commit ?? facts.commit;
    const origin = {
      ...defined({ startedBy, commit: found }),
    };
    return startPlan(this.#link, plan, origin, { supersede });
  }

  /**
   * Gives every alias back what it served before a deployment that has ended, or what it served
   * under an earlier one: in one step per function, as a deployment of its own, which can be watched
   * and is taken back when it fails. Functions without an alias get the version's code and settings
   * back, which takes longer.
   *
   * @example
   * ```ts
   * const { accepted, notes } = await sluice.restore('shop', { startedBy: 'ana' });
   * for (const note of notes) console.log(note);
   * if (accepted.state === 'started') await sluice.result('shop', { runId: accepted.runId });
   * ```
   *
   * @throws ConflictError when a deployment of the application runs or waits
   * @throws SluiceError `notAccepted` when there is nothing that could be given back, or when the
   *   application's newest deployment is such a rollback itself and `runId` does not name it, or
   *   `notFound`
   */
  async restore(
    application: string,
    { startedBy, supersede = false, ...what }: RestoreOptions = {},
  ): Promise<Restoring> {
    const { plan, notes } = await restoringPlan(this.#link, application, what);
    const origin = startedBy === undefined ? {} : { startedBy };
    return { accepted: await startPlan(this.#link, plan, origin, { supersede }), notes };
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
   * @example
   * ```ts
   * const waiting = await sluice.waiting('shop');
   * if (waiting !== undefined) {
   *   await sluice.dequeue('shop', { deploymentId: waiting.deploymentId, by: 'ana' });
   * }
   * ```
   *
   * @throws SluiceError `notAccepted` when it does not wait (any more), or `unanswered`
   */
  dequeue(application: string, options: DequeueOptions): Promise<Answered> {
    return dequeue(this.#link, application, options);
  }

  /** Gives the connection back. Deployments go on. */
  close(): Promise<void> {
    return this.#link.client.connection.close();
  }
}
