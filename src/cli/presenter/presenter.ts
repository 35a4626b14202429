import type { Preflight } from '../../client/preflightReport.js';
import type { Answered } from '../../client.js';
import type {
  DeploymentFacts,
  DeploymentRecord,
  DeploymentReport,
  WaitingGate,
} from '../../client/report.js';
import type { QueuedDeployment, StartedDeployment } from '../../client/start.js';
import type { Dropped } from '../../domain/queue.js';
import type { NotAnswered } from '../answering/notAnswered.js';
import type { Answering } from '../answering/choices.js';
import type { ExitReason } from '../exitCodes.js';
import type { MeantWaiting } from '../which.js';
import type { Notice } from '../view/model.js';

export interface Started extends StartedDeployment {
  /** Where the Temporal UI shows it. */
  link?: string;
}

/** A deployment that somebody no longer watches. */
export interface Unwatched {
  application: string;
  /** The id of one that waits for its turn. */
  waiting?: string;
}

/** How commands say things: for people, or for scripts. */
export interface Presenter {
  /** Whether a question would be seen. */
  readonly asks: boolean;
  started(deployment: Started): void;
  /** It waits until the one that runs has ended. */
  queued(deployment: QueuedDeployment): void;
  /** It waits already when somebody begins to watch it. */
  waits(deployment: MeantWaiting): void;
  /** It has left the queue and will not run. */
  dropped(deployment: Dropped): void;
  /** Something to know that does not end the command. */
  notice(notice: Notice): void;
  /** A deployment that is watched has changed. */
  changed(report: DeploymentReport): void;
  /** The watch has ended, with the deployment or because its rollback is stuck. */
  ended(report: DeploymentReport): void;
  /** Somebody stopped the watch; the deployment goes on, or keeps its place in the queue. */
  detached(deployment: Unwatched): void;
  /** How a deployment is, once. */
  status(report: DeploymentReport): void;
  /**
   * The deployments that run; there is not exactly one.
   *
   * @param none - what to say when there is none
   */
  running(deployments: readonly DeploymentFacts[], none: string): void;
  /**
   * Deployments of several applications or of one, as they were asked for.
   *
   * @param more - what to say when there are more than were asked for
   */
  records(records: readonly DeploymentRecord[], more?: string): void;
  /**
   * Where deployments wait, each gate with the command that answers it.
   *
   * @param answering - with which command; by default with the first that can answer it
   */
  gates(gates: readonly WaitingGate[], answering?: Answering): void;
  /** Deployments of which it is not known where they wait, and why. */
  unknownWaits(deployments: readonly DeploymentRecord[]): void;
  /** A deployment has done what it was asked to. */
  answered(answer: Answered): void;
  /** A gate was not answered that was to be, and why. */
  notAnswered(gate: NotAnswered): void;
  /** A question to the person at the terminal, below what is shown; undefined for none. */
  question(text: string | undefined): void;
  /**
   * What a deployment would change.
   *
   * @param reason - how the command ends because of it
   */
  preflight(preflight: Preflight, reason: ExitReason): void;
  /** Lets go of the terminal. */
  close(): void;
}
