import { CancellationScope } from '@temporalio/workflow';
import { defined } from '../../domain/defined.js';
import type { Failure } from '../../domain/failures.js';
import {
  MAX_REPORTED_FAILURES,
  succeeded,
  type DeploymentOutcome,
  type DeploymentStatus,
  type TargetOutcome,
  type TargetStatus,
} from '../../domain/outcomes.js';
import type { DeploymentState } from './deploymentState.js';

/** Fifty failures of this many characters stay far below what a workflow's result may hold. */
const MAX_TEXT = 1000;

/** The whole deployment's outcome: counts, and the first failures in the order of the file. */
export function deploymentOutcome(deployment: DeploymentState): DeploymentOutcome {
  const { deploymentId, application, targets } = deployment.plan;
  const outcomes = targets.flatMap(({ name }) => deployment.outcomes.get(name) ?? []);
  const { decisions } = deployment.course;
  return {
    schemaVersion: 1,
    deploymentId,
    application,
    status: statusOf(outcomes),
    counts: count(outcomes),
    failures: failuresOf(outcomes),
    ...defined({ decisions }),
    startedAt: deployment.startedAt,
    endedAt: new Date().toISOString(),
  };
}

function statusOf(outcomes: readonly TargetOutcome[]): DeploymentStatus {
  const others = outcomes.filter((one) => !succeeded(one));
  if (others.length === 0) return 'succeeded';
  if (CancellationScope.current().consideredCancelled) return 'cancelled';
  return others.every(isDeliberate) ? 'rolledBack' : 'failed';
}

/** Whether somebody wanted it so, there or at a target that it depends on, which is an outcome too. */
function isDeliberate({ status, failure }: TargetOutcome): boolean {
  if (status === 'rollbackFailed') return false;
  return failure?.code === 'rollbackRequested' || failure?.code === 'dependencyFailed';
}

function count(outcomes: TargetOutcome[]): Partial<Record<TargetStatus, number>> {
  const counts: Partial<Record<TargetStatus, number>> = {};
  for (const { status } of outcomes) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function failuresOf(outcomes: TargetOutcome[]): Failure[] {
  return outcomes
    .flatMap(({ failure }) => failure ?? [])
    .slice(0, MAX_REPORTED_FAILURES)
    .map((failure) => ({ ...failure, message: failure.message.slice(0, MAX_TEXT) }));
}
