import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { Failure } from '../domain/failures.js';
import { releasesDependents, type TargetOutcome, type TargetStatus } from '../domain/outcomes.js';
import type { PinnedPackage } from '../domain/packages.js';
import type { Plan, TargetPlan } from '../domain/plan.js';
import type { TargetInput } from '../domain/target.js';
import type { DeploymentRun } from './deploymentRun.js';
import { toFailure } from './failure.js';
import { packagesOf, type PinnedPackages } from './packages.js';
import type { StartSlots } from './startSlots.js';
import { startTarget } from './startTarget.js';

/** What a target waits for before it starts. */
export interface Predecessors {
  /** They must have deployed. */
  dependencies: Promise<TargetOutcome>[];
  /** They only must have ended: they release the same function. */
  others: Promise<TargetOutcome>[];
}

/** Runs one target to its outcome. It never throws: an outcome is never lost. */
export async function runTarget(
  run: DeploymentRun,
  target: TargetPlan,
  predecessors: Predecessors,
  pinned: PinnedPackages,
  slots: StartSlots,
): Promise<TargetOutcome> {
  try {
    const dependencies = await Promise.all(predecessors.dependencies);
    await Promise.all(predecessors.others);
    const failed = dependencies.filter(({ status }) => !releasesDependents(status));
    if (CancellationScope.current().consideredCancelled) return run.ended(cancelled(target));
    if (failed.length > 0) return run.ended(blocked(target, dependencyFailed(target, failed)));
    const found = await packagesOf(target, pinned);
    if ('failure' in found) return run.ended(endedEarly(target, found.failure));
    return run.ended(await deploy(run, targetInput(run.plan, target, found.packages), slots));
  } catch (error) {
    return run.ended(lost(target, error));
  }
}

async function deploy(
  run: DeploymentRun,
  input: TargetInput,
  slots: StartSlots,
): Promise<TargetOutcome> {
  const handle = await startTarget(run, input, slots);
  run.started(input.target);
  return handle.result();
}

function targetInput(plan: Plan, target: TargetPlan, packages: PinnedPackage[]): TargetInput {
  return {
    schemaVersion: 1,
    deploymentId: plan.deploymentId,
    application: plan.application,
    target: target.name,
    deployRoleArn: target.deployRoleArn,
    region: target.region,
    timeoutMs: plan.timeoutMs,
    strategy: plan.strategies[target.strategy] ?? { steps: [] },
    functions: target.functions.map((one, index) => ({
      plan: one,
      package: packages[index] as PinnedPackage,
    })),
  };
}

/** A child that was cancelled before it ran has no outcome of its own; one that broke neither. */
function lost(target: TargetPlan, error: unknown): TargetOutcome {
  if (isCancellation(error)) return cancelled(target);
  return untouched(target, 'rollbackFailed', toFailure(error));
}

function endedEarly(target: TargetPlan, failure: Failure): TargetOutcome {
  return failure.code === 'cancelled' ? cancelled(target) : blocked(target, failure);
}

function cancelled(target: TargetPlan): TargetOutcome {
  return untouched(target, 'cancelled', {
    code: 'cancelled',
    message: `The deployment was cancelled before ${target.name} started.`,
  });
}

function blocked(target: TargetPlan, failure: Failure): TargetOutcome {
  return untouched(target, 'blocked', failure);
}

function dependencyFailed(target: TargetPlan, failed: TargetOutcome[]): Failure {
  const causes = failed.map((outcome) => `${outcome.target} (${outcome.status})`).join(', ');
  return {
    code: 'dependencyFailed',
    message: `${target.name} was not deployed, because it depends on ${causes}.`,
  };
}

function untouched(target: TargetPlan, status: TargetStatus, failure: Failure): TargetOutcome {
  const now = new Date().toISOString();
  return {
    target: target.name,
    status,
    failure: { target: target.name, ...failure },
    warnings: [],
    functions: target.functions.map(({ name }) => ({ name, summary: 'was not touched' })),
    startedAt: now,
    endedAt: now,
  };
}
