import type { RawValue } from '@temporalio/common';
import { ApplicationFailure, CancellationScope } from '@temporalio/workflow';
import type { Plan } from '../../domain/plan.js';
import { reading } from './activities.js';
import { toFailure } from './failure.js';
import { decodeRaw } from './raw.js';

/**
 * The plan that a workflow was started with.
 *
 * @throws ApplicationFailure of the code of the failure, such as `invalidPlan`
 */
export async function checkedPlan(raw: RawValue): Promise<Plan> {
  const plan = decodeRaw(raw);
  // Also for a deployment that is cancelled at once: only with a plan can it tell its outcome.
  await CancellationScope.nonCancellable(() => assertPlan(plan, reading('check the plan')));
  return plan as Plan;
}

/**
 * @param by - how patiently
 * @throws ApplicationFailure of the code of the failure, such as `invalidPlan`
 */
export async function assertPlan(plan: unknown, by: ReturnType<typeof reading>): Promise<void> {
  try {
    await by.checkPlan(plan);
  } catch (error) {
    const failure = toFailure(error);
    throw ApplicationFailure.nonRetryable(failure.message, failure.code, failure);
  }
}
