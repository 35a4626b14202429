import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { Failure } from '../../domain/failures.js';
import { succeeded, type TargetOutcome } from '../../domain/outcomes.js';
import type { TargetPlan } from '../../domain/plan.js';
import { packagesOf, type PinnedPackages } from '../sources/pinnedPackages.js';
import { secretsOf, type PinnedSecrets, type SecretVersions } from '../sources/pinnedSecrets.js';
import { toFailure } from '../temporal/failure.js';
import type { DeploymentState } from './deploymentState.js';
import { blocked, cancelled, dependencyFailed, untouched } from './notStarted.js';
import type { Router } from './router.js';
import type { SameBytes } from './sameBytes.js';
import type { Slots } from '../temporal/slots.js';
import { startTarget } from './startTarget.js';
import { targetInput } from './targetInput.js';

/** What a target waits for before it starts. */
export interface Predecessors {
  /** They must have deployed. */
  dependencies: Promise<TargetOutcome>[];
  /** They only must have ended: they release the same function. */
  others: Promise<TargetOutcome>[];
}

/** What a target's start goes through. */
export interface Starting {
  secrets: PinnedSecrets;
  slots: Slots;
  router: Router;
  sameBytes: SameBytes;
}

/** Runs one target to its outcome. It never throws: an outcome is never lost. */
export async function superviseTarget(
  deployment: DeploymentState,
  target: TargetPlan,
  predecessors: Predecessors,
  pinned: PinnedPackages,
  { secrets, slots, router, sameBytes }: Starting,
): Promise<TargetOutcome> {
  try {
    const dependencies = await Promise.all(predecessors.dependencies);
    await Promise.all(predecessors.others);
    const failed = dependencies.filter((outcome) => !succeeded(outcome));
    if (CancellationScope.current().consideredCancelled) return deployment.ended(cancelled(target));
    const stop = deployment.stopped.get(target.name);
    if (stop !== undefined) return deployment.ended(untouched(target, 'cancelled', stop.failure));
    if (failed.length > 0)
      return deployment.ended(blocked(target, dependencyFailed(target, failed)));
    const found = await Promise.race([
      packagesOf(target, pinned),
      deployment.rejectOnceStopped(target.name),
    ]);
    if ('failure' in found) return deployment.ended(endedEarly(target, found.failure));
    const secretVersions = await versionsOf(deployment, target, secrets);
    if ('failure' in secretVersions) {
      return deployment.ended(endedEarly(target, secretVersions.failure));
    }
    const warnings = await sameBytes.differences(target);
    if (deployment.plan.strictArtifacts === true && warnings[0] !== undefined) {
      return deployment.ended(blocked(target, warnings[0]));
    }
    const input = {
      ...targetInput(deployment, target, found.packages),
      ...(Object.keys(secretVersions.versions).length > 0 && {
        secretVersions: secretVersions.versions,
      }),
      ...(warnings.length > 0 && { warnings }),
    };
    const handle = await startTarget(deployment, input, slots);
    deployment.started(target.name, handle);
    router.started(target.name);
    return deployment.ended(await handle.result());
  } catch (error) {
    const stop = deployment.running.has(target.name)
      ? undefined
      : deployment.stopped.get(target.name);
    if (stop !== undefined) return deployment.ended(untouched(target, 'cancelled', stop.failure));
    return deployment.ended(lost(target, error));
  }
}

/** Of a target without secrets nothing is waited for. */
async function versionsOf(
  deployment: DeploymentState,
  target: TargetPlan,
  secrets: PinnedSecrets,
): Promise<SecretVersions> {
  if (secretsOf(target).length === 0) return { versions: {} };
  return Promise.race([secrets.of(target), deployment.rejectOnceStopped(target.name)]);
}

/** A child that was cancelled before it ran has no outcome of its own; one that broke neither. */
function lost(target: TargetPlan, error: unknown): TargetOutcome {
  if (isCancellation(error)) return cancelled(target);
  return untouched(target, 'rollbackFailed', toFailure(error));
}

function endedEarly(target: TargetPlan, failure: Failure): TargetOutcome {
  return failure.code === 'cancelled' ? cancelled(target) : blocked(target, failure);
}
