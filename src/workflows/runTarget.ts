import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { Failure } from '../domain/failures.js';
import { inWords, succeeded, type TargetOutcome, type TargetStatus } from '../domain/outcomes.js';
import type { PinnedPackage } from '../domain/packages.js';
import type { Plan, TargetPlan } from '../domain/plan.js';
import { queriesIn, stepsOfTarget, webhooksIn } from '../domain/steps.js';
import { namesIn, type TargetInput } from '../domain/target.js';
import type { DeploymentRun } from './deploymentRun.js';
import { toFailure } from './failure.js';
import { packagesOf, type PinnedPackages } from './packages.js';
import type { Router } from './router.js';
import type { SameBytes } from './sameBytes.js';
import type { StartSlots } from './startSlots.js';
import { startTarget } from './startTarget.js';

/** What a target waits for before it starts. */
export interface Predecessors {
  /** They must have deployed. */
  dependencies: Promise<TargetOutcome>[];
  /** They only must have ended: they release the same function. */
  others: Promise<TargetOutcome>[];
}

/** What a target's start goes through. */
export interface Starting {
  slots: StartSlots;
  router: Router;
  sameBytes: SameBytes;
}

/** Runs one target to its outcome. It never throws: an outcome is never lost. */
export async function runTarget(
  run: DeploymentRun,
  target: TargetPlan,
  predecessors: Predecessors,
  pinned: PinnedPackages,
  { slots, router, sameBytes }: Starting,
): Promise<TargetOutcome> {
  try {
    const dependencies = await Promise.all(predecessors.dependencies);
    await Promise.all(predecessors.others);
    const failed = dependencies.filter((outcome) => !succeeded(outcome));
    if (CancellationScope.current().consideredCancelled) return run.ended(cancelled(target));
    const stop = run.stopped.get(target.name);
    if (stop !== undefined) return run.ended(untouched(target, 'cancelled', stop.failure));
    if (failed.length > 0) return run.ended(blocked(target, dependencyFailed(target, failed)));
    const found = await Promise.race([
      packagesOf(target, pinned),
      run.rejectOnceStopped(target.name),
    ]);
    if ('failure' in found) return run.ended(endedEarly(target, found.failure));
    const warnings = await sameBytes.differences(target);
    if (run.plan.strictArtifacts === true && warnings[0] !== undefined) {
      return run.ended(blocked(target, warnings[0]));
    }
    const input = {
      ...targetInput(run, target, found.packages),
      ...(warnings.length > 0 && { warnings }),
    };
    const handle = await startTarget(run, input, slots);
    run.started(target.name, handle);
    router.started(target.name);
    return run.ended(await handle.result());
  } catch (error) {
    const stop = run.running.has(target.name) ? undefined : run.stopped.get(target.name);
    if (stop !== undefined) return run.ended(untouched(target, 'cancelled', stop.failure));
    return run.ended(lost(target, error));
  }
}

function targetInput(
  { plan, knowsGates }: DeploymentRun,
  target: TargetPlan,
  packages: PinnedPackage[],
): TargetInput {
  return {
    schemaVersion: 1,
    deploymentId: plan.deploymentId,
    application: plan.application,
    target: target.name,
    account: target.account,
    deployRoleArn: target.deployRoleArn,
    region: target.region,
    timeoutMs: plan.timeoutMs,
    beforeDeployment: target.beforeDeployment,
    strategy: plan.strategies[target.strategy] ?? { steps: [] },
    afterDeployment: target.afterDeployment,
    announcesGates: knowsGates,
    context: plan.context,
    ...outsideOf(plan, target),
    functions: [
      ...target.functions.map((one, index) => ({
        plan: one,
        package: packages[index] as PinnedPackage,
      })),
      ...(target.restores ?? []).map((one) => ({ plan: one })),
    ],
  };
}

/** The webhooks and queries that a target's steps name. */
function outsideOf(plan: Plan, target: TargetPlan): Pick<TargetInput, 'webhooks' | 'queries'> {
  const steps = stepsOfTarget(plan, target);
  const queries = queriesIn(steps).map(({ query }) => query);
  return { webhooks: pick(plan.webhooks, webhooksIn(steps)), queries: pick(plan.queries, queries) };
}

function pick<Value>(all: Record<string, Value>, names: readonly string[]): Record<string, Value> {
  const entries = names.map((name) => [name, all[name]] as const);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );
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
  const causes = failed
    .map(({ target: name, status, failure }) => `${name} (${inWords(failure?.code ?? status)})`)
    .join(', ');
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
    functions: namesIn(target).map((name) => ({ name, summary: 'was not touched' })),
    decisions: [],
    analyses: [],
    startedAt: now,
    endedAt: now,
  };
}
