import type { GateAnswer } from '../domain/commands.js';
import type { Decision, IgnoredMessage, OpenGate } from '../domain/gates.js';
import type { GoingBack } from '../domain/goingBack.js';
import type { DeploymentOutcome, DeploymentStatus, TargetOutcome } from '../domain/outcomes.js';
import type { Queued } from '../domain/queue.js';
import type { DeploymentPhase, TargetProgress, TargetSummary } from '../domain/status.js';

/**
 * Where a deployment is as a whole. `terminated` and `timedOut` are ends that Temporal made: the
 * deployment could not roll anything back.
 */
export type RunState = 'running' | DeploymentStatus | 'terminated' | 'timedOut';

/** What Temporal itself knows about a deployment: no worker is needed for it. */
export interface DeploymentFacts {
  schemaVersion: 1;
  /** As the deployment file names it. */
  application: string;
  /** Absent when whoever started the deployment recorded none. */
  deploymentId?: string;
  /** Temporal's id of all deployments of the application: `sluice:<application>`. */
  workflowId: string;
  /** Temporal's id of this one. */
  runId: string;
  state: RunState;
  /**
   * While it runs, where it says it is. In lists that ask no worker, only `rollingBack` and
   * `cancelling`.
   */
  phase?: DeploymentPhase;
  /** ISO 8601. */
  startedAt: string;
  /** ISO 8601. */
  endedAt?: string;
  /** A person or a job, as whoever started it says. */
  startedBy?: string;
  /** The commit that it came from, as whoever started it says. */
  commit?: string;
  /** The earlier deployment that it goes back to, of a rollback of one that had ended, or a redeploy. */
  goesBack?: GoingBack;
}

/** A deployment in a list. */
export interface DeploymentRecord extends DeploymentFacts {
  /** How it ended. Absent while it runs, and when it ended without one. */
  outcome?: DeploymentOutcome;
  /** The application's deployment that waits for its turn, in lists of the newest. */
  waiting?: Queued;
  /**
   * While it runs, where its targets wait for a person, for time or for another system. Absent where
   * that was not asked for, and where it is not known.
   */
  gates?: GateReport[];
  /** Why it is not known where a deployment that runs waits, although it was asked. */
  gatesUnknown?: GatesUnknown;
}

/**
 * Why it is not known where a deployment that runs waits.
 *
 * - `noWorker`: no worker runs that could tell
 * - `noAnswer`: no worker has answered in time
 * - `manyTargets`: with more than 100 targets only these themselves know, by their `status` queries
 */
export type GatesUnknown = 'noWorker' | 'noAnswer' | 'manyTargets';

/** A deployment as it is now. */
export interface DeploymentReport extends DeploymentFacts {
  /** Something the running deployment says a person should know, in a sentence. */
  notice?: string;
  /**
   * While it runs, where its targets wait for a person or for time, in the order of the file. Of
   * plans with more than 100 targets it is not known here: each target's
   * own `status` query tells.
   */
  gates: GateReport[];
  /** What people asked of it as a whole, in order. Absent where nobody did, or where it is not known. */
  decisions?: Decision[];
  /**
   * While it runs, messages to it that reached no target: the last twenty. Those that reached one
   * and changed nothing are in the target's `progress`.
   */
  ignored: IgnoredMessage[];
  /** The application's next deployment, which waits for the end of the one that runs. */
  waiting?: Queued;
  /** Whether the running deployment answered; true of one that has ended. */
  answering: boolean;
  /** Whether a worker polls the task queue; true of a deployment that has ended. */
  workersPolling: boolean;
  /** Present when Temporal did not answer: everything else is as it was when it last did. */
  stale?: true;
  /** In the order of the file. Empty where they are not known. */
  targets: TargetReport[];
  /** How it ended. Absent while it runs, and when it was terminated. */
  outcome?: DeploymentOutcome;
  /** Why there is no outcome although it ended, in a sentence. */
  problem?: string;
}

/** A place where a deployment waits, and what can be done about it. */
export interface GateReport extends OpenGate {
  /** The target that waits there. */
  target: string;
  /** How to answer it: commands for this run of the deployment. */
  answers: GateAnswer[];
}

/** A gate, and the deployment that waits at it. */
export interface WaitingGate extends GateReport {
  deployment: DeploymentFacts;
}

/** Where deployments that run wait, and of which ones it is not known. */
export interface WaitingGates {
  /** The next deadline first; those that have none come last, the oldest first. */
  gates: WaitingGate[];
  /** Deployments that did not say where they wait, each with `gatesUnknown`. */
  unknown: DeploymentRecord[];
}

/** A target as it is now, or how it ended. */
export interface TargetReport extends TargetSummary {
  /** What a running target says itself. Absent when it did not answer. */
  progress?: TargetProgress;
  /** How the target ended, in full, where it is known. */
  outcome?: TargetOutcome;
}

/** In plans with more targets than this, targets are not asked one by one. */
export const MAX_DETAILED_TARGETS = 100;
