import type { RawValue } from '@temporalio/common';
import { ApplicationFailure, CancellationScope } from '@temporalio/workflow';
import type { Plan } from '../../domain/plan.js';
import { reading } from './activities.js';
import { toFailure } from './failure.js';
import { decodeRaw } from './raw.js';
import { Slots } from './slots.js';

/** The most levels of lists and mappings that are passed on. A plan has nine. */
const MAX_DEPTH = 64;

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
 * @param slots - shared by those that are checked at the same time
 * @throws ApplicationFailure of the code of the failure, such as `invalidPlan`
 */
export async function assertPlan(
  plan: unknown,
  by: ReturnType<typeof reading>,
  slots = new Slots(),
): Promise<void> {
  if (isDeep(plan)) {
    const message = 'The plan cannot be deployed. It is nested more deeply than any plan.';
    throw ApplicationFailure.nonRetryable(message, 'invalidPlan');
  }
  const bytes = JSON.stringify(plan)?.length ?? 0;
  try {
    await slots.during(bytes, () => by.checkPlan(plan));
  } catch (error) {
    const failure = toFailure(error);
    throw ApplicationFailure.nonRetryable(failure.message, failure.code, failure);
  }
}

/** Lists can stand in lists more deeply than any stack is, and then they cannot be sent on. */
function isDeep(data: unknown): boolean {
  let level = [data];
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth += 1) {
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : [],
    );
  }
  return level.length > 0;
}
