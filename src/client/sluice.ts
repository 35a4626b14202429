import { SluiceError } from '../settings/sluiceError.js';
import type { DeploymentOutcome } from '../domain/outcomes.js';
import { untilClosed } from './closing.js';
import { ask } from './requests.js';
import type { Link } from './link.js';
import { findDeployment, listRunning } from './list.js';
import type { Origin } from '../domain/metadata.js';
import { readEnding } from './outcome.js';
import { findPlan, type PlanSource } from './planSource.js';
import type { DeploymentFacts, DeploymentReport } from './report.js';
import { type StartedDeployment, startPlan } from './start.js';
import { readFacts, readReport } from './status.js';
import { type WatchOptions, watchDeployment } from './watch.js';

/** What to deploy, and who starts it. */
export type StartOptions = PlanSource & Origin;

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
   * Starts a deployment. It runs whether or not anybody waits for it.
   *
   * @throws InvalidFileError when the file is not a deployment
   * @throws ConflictError when a deployment of the application runs already
   * @throws SluiceError `invalidPlan`, `unreachable` or `namespaceNotFound`
   */
  async start(options: StartOptions): Promise<StartedDeployment> {
    const { plan } = await findPlan(options);
    const { startedBy, commit } = options;
    return startPlan(this.#link, plan, {
      ...(startedBy !== undefined && { startedBy }),
      ...(commit !== undefined && { commit }),
    });
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

  /** The deployments that run, newest first. A new one is listed within seconds. */
  running(): AsyncGenerator<DeploymentFacts, void> {
    return listRunning(this.#link);
  }

  /**
   * The deployment with an id.
   *
   * @throws SluiceError `notFound`
   */
  find(deploymentId: string): Promise<DeploymentFacts> {
    return findDeployment(this.#link, deploymentId);
  }

  /** Gives the connection back. */
  close(): Promise<void> {
    return this.#link.client.connection.close();
  }
}
