import type { AnalysisReport } from './analysis.js';
import type { Failure } from './failures.js';
import type { Decision } from './gates.js';

export const TARGET_OUTCOMES = [
  'deployed',
  'unchanged',
  'rolledBack',
  'rollbackFailed',
  'blocked',
  'cancelled',
] as const;

/**
 * How a target ended.
 *
 * - `deployed`: everything is as the plan says. With a failure: what came after the promotion
 *   failed, so that nothing that depends on the target may start.
 * - `unchanged`: it was so already; nothing was written. A failure means the same as above.
 * - `rolledBack`: something failed; what the deployment had changed is as it was before.
 * - `rollbackFailed`: something failed, and an operator abandoned the rollback.
 * - `blocked`: something failed before the first write, or a dependency did.
 * - `cancelled`: cancelled, or told to roll back, before the first write.
 */
export type TargetStatus = (typeof TARGET_OUTCOMES)[number];

/** How a target ended, and why. */
export interface TargetOutcome {
  target: string;
  status: TargetStatus;
  /** Why the target did not succeed. */
  failure?: Failure;
  /** What went otherwise well but should be looked at. */
  warnings: Failure[];
  functions: FunctionOutcome[];
  /** What people decided, and what nobody decided in time, in order. */
  decisions: Decision[];
  /** What was measured: the last analyses, the newest last. */
  analyses: AnalysisReport[];
  /** ISO 8601. */
  startedAt: string;
  /** ISO 8601. */
  endedAt: string;
}

/** What became of one function of a target. */
export interface FunctionOutcome {
  name: string;
  /**
   * The version that is live, as AWS said when it was asked at the end. Absent without an alias, unless
   * the deployment has published what is there, and where nothing was read.
   */
  version?: string;
  /** SHA-256 of the package of what is live, in base64: as Lambda had it at the end, too. */
  codeSha256?: string;
  /**
   * The provisioned concurrency of the version that is live, as AWS said at the end; absent where the
   * deployment had nothing to do with it.
   */
  provisionedConcurrency?: number;
  /** When that was read (ISO 8601). Absent: it was not looked at, or AWS did not answer. */
  readAt?: string;
  /** The version that was live before, where there was one: what a later rollback gives back. */
  previousVersion?: string;
  /** Old versions that were deleted after the success. Absent where none was. */
  deletedVersions?: string[];
  /** One sentence about what happened to it. */
  summary: string;
}

/**
 * How a deployment ended.
 *
 * - `succeeded`: every target did.
 * - `rolledBack`: somebody asked for a rollback; whatever did not succeed, did not because of that.
 * - `failed`: at least one target did not succeed for another reason; what it had changed was rolled
 *   back, mostly.
 * - `cancelled`: somebody cancelled it before every target had succeeded.
 */
export type DeploymentStatus = 'succeeded' | 'rolledBack' | 'failed' | 'cancelled';

/** What the deployment workflow returns or fails with: small, whatever the number of targets. */
export interface DeploymentOutcome {
  schemaVersion: 1;
  deploymentId: string;
  application: string;
  status: DeploymentStatus;
  /** How many targets ended in which way. */
  counts: Partial<Record<TargetStatus, number>>;
  /** Of the first 50 targets that did not succeed, in the order of the file. */
  failures: Failure[];
  /** What people asked of the deployment as a whole, in order; absent where nobody did. */
  decisions?: Decision[];
  /** ISO 8601. */
  startedAt: string;
  /** ISO 8601. */
  endedAt: string;
}

export const MAX_REPORTED_FAILURES = 50;

/** Whether a target succeeded, so that what depends on it may start. */
export function succeeded({ status, failure }: Pick<TargetOutcome, 'status' | 'failure'>): boolean {
  if (failure !== undefined) return false;
  return status === 'deployed' || status === 'unchanged';
}

/** A status or phase for people: `rolled back` for `rolledBack`. */
export function inWords(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
