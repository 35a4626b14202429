import type { Failure } from './failures.js';
import type { TargetOutcome, TargetStatus } from './outcomes.js';

/** Where a target is. The last phase is `ended`; then it has an outcome. */
export type TargetPhase =
  'checking' | 'releasing' | 'shifting' | 'promoting' | 'rollingBack' | 'rollbackStuck' | 'ended';

export type DeploymentPhase =
  'checkingPlan' | 'resolvingPackages' | 'deploying' | 'cancelling' | 'ended';

/** What the `status` query of a target answers. */
export interface TargetProgress {
  schemaVersion: 1;
  target: string;
  phase: TargetPhase;
  /** What is being done, in words: `publishing a version of orders`. */
  activity: string;
  functions: FunctionProgress[];
  /** What keeps the rollback from going on, function by function; mostly none. */
  problems: Failure[];
  outcome?: TargetOutcome;
}

export interface FunctionProgress {
  name: string;
  /** Percent of the traffic on the new version. */
  weight: number;
  version?: string;
}

/** What the `status` query of a deployment answers. */
export interface DeploymentProgress {
  schemaVersion: 1;
  deploymentId: string;
  application: string;
  phase: DeploymentPhase;
  startedAt: string;
  /** Something a person should know that concerns no single phase. */
  notice?: string;
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
  status?: TargetStatus;
  failure?: Failure;
}
