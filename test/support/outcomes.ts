import type { WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { DEPLOYMENT_FAILED } from '../../src/domain/names.js';
import type { DeploymentOutcome } from '../../src/domain/outcomes.js';

/** A deployment's outcome, whether it succeeds or fails with it. */
export async function outcomeOf(handle: WorkflowHandle): Promise<DeploymentOutcome> {
  try {
    return (await handle.result()) as DeploymentOutcome;
  } catch (error) {
    const { cause } = error as { cause?: unknown };
    if (!(cause instanceof ApplicationFailure) || cause.type !== DEPLOYMENT_FAILED) throw error;
    return cause.details?.[0] as DeploymentOutcome;
  }
}
