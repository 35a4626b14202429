import type { RawValue } from '@temporalio/common';
import { ApplicationFailure, CancellationScope } from '@temporalio/workflow';
import type { Plan } from '../domain/plan.js';
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
  try {
    // Also for a deployment that is cancelled at once: only with a plan can it tell its outcome.
    await CancellationScope.nonCancellable(() => reading('check the plan').checkPlan(plan));
  } catch (error) {
    const failure = toFailure(error);
    throw ApplicationFailure.nonRetryable(failure.message, failure.code, failure);
  }
  return plan as Plan;
}
