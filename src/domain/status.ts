import type { AnalysisReport } from './analysis.js';
import type { Failure } from './failures.js';
import type { AliasShape } from './functions.js';
import type { Decision, IgnoredMessage, OpenGate } from './gates.js';
import type { TargetOutcome, TargetStatus } from './outcomes.js';
import type { Step } from './plan.js';

/**
 * Where a target is. `waiting` is at an open gate or a decision of another system between two
 * steps; the last phase is `ended`, and then it has an outcome.
 */
export type TargetPhase =
  | 'beforeDeployment'
  | 'checking'
  | 'releasing'
  | 'shifting'
  | 'waiting'
  | 'promoting'
  | 'afterDeployment'
  | 'rollingBack'
  | 'rollbackStuck'
  | 'ended';

/**
 * Where a deployment is. `rollingBack`: somebody has asked for it, or a target goes back by itself
 * (known in plans of up to 100 targets); `cancelling`: somebody has cancelled it.
 */
export type DeploymentPhase =
  'checkingPlan' | 'resolvingPackages' | 'deploying' | 'rollingBack' | 'cancelling' | 'ended';

/** What the `status` query of a target answers. */
export interface TargetProgress {
  schemaVersion: 1;
  target: string;
  phase: TargetPhase;
  /** What is being done, in words: `publishing a version of orders`. */
  activity: string;
  /** The strategy's step that is under way, or was the last one; absent before the first. */
  step?: StepProgress;
  functions: FunctionProgress[];
  /** Where it waits. */
  gates: OpenGate[];
  /** What people decided, and what nobody decided in time, in order. */
  decisions: Decision[];
  /** Messages that changed nothing: the last twenty. */
  ignored: IgnoredMessage[];
  /** What holds something up that will go on by itself, in sentences. */
  notices: string[];
  /** What was measured: the last analyses, the newest last. */
  analyses: AnalysisReport[];
  /** What keeps the rollback from going on, function by function; mostly none. */
  problems: Failure[];
  /** How much of the deployment's time for work is left, in milliseconds. */
  timeLeftMs: number;
  /** ISO 8601. */
  startedAt: string;
  outcome?: TargetOutcome;
}

/** A step of a strategy. */
export interface StepProgress {
  /** From 1 on. */
  number: number;
  of: number;
  type: Step['type'];
}

/** One function of a target, and where its traffic goes. */
export interface FunctionProgress {
  name: string;
  alias?: string;
  /** Percent of the traffic that the deployment last gave the new version, as AWS confirmed it. */
  weight: number;
  /** Percent of the traffic that the new version is to have. */
  wantedWeight: number;
  /** The new version, once it is published. */
  version?: string;
  /** The version that served the traffic before. */
  previousVersion?: string;
  /**
   * Present where nothing served the traffic before: nothing is shifted, and an alias that the plan
   * names is created at the end.
   */
  first?: true;
  /** On the way back: what is as it was before, such as `traffic`. */
  restored: Restored[];
  /** The alias as it was last seen. Absent without one, and before the first look. */
  seen?: AliasLook;
}

/** How an alias splits its traffic, as an answer of AWS said: it may have been changed since. */
export interface AliasLook extends AliasShape {
  /** When AWS said so. ISO 8601. */
  at: string;
}

export type Restored =
  | 'traffic'
  | 'provisioned concurrency'
  | 'function-wide settings'
  | 'code and settings'
  | 'what was created';

/** What the `status` query of a deployment answers. */
export interface DeploymentProgress {
  schemaVersion: 1;
  deploymentId: string;
  application: string;
  phase: DeploymentPhase;
  startedAt: string;
  /** Something a person should know that concerns no single phase. */
  notice?: string;
  /** Where its targets wait, in plans of up to 100 targets; in larger ones only they know. */
  gates: OpenGate[];
  /** What people asked of the deployment as a whole, in order; absent where nobody did. */
  decisions?: Decision[];
  /** Messages that reached no target: the last twenty. */
  ignored: IgnoredMessage[];
  /** How many targets there are; `targets` is the page of them that begins at `offset`. */
  total: number;
  offset: number;
  targets: TargetSummary[];
}

/** One target as its deployment knows it. */
export interface TargetSummary {
  name: string;
  region: string;
  /** Twelve digits, from the deploy role. */
  accountId: string;
  dependsOn: string[];
  phase: 'waiting' | 'running' | 'ended';
  /** ISO 8601. */
  startedAt?: string;
  /** ISO 8601. */
  endedAt?: string;
  status?: TargetStatus;
  failure?: Failure;
}
