import { isCancellation } from '@temporalio/workflow';
import { defined } from '../../domain/defined.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { looking } from '../temporal/activities.js';
import { toFailure } from '../temporal/failure.js';

/**
 * Reads what every function of a target is at its end, so that the outcome states what is there. A
 * function that could not be read is told, and nothing is said of what it is.
 */
export async function readBackAll(target: TargetState): Promise<void> {
  const unread = target.functions.filter((fn) => fn.isInspected && fn.readBack === undefined);
  await Promise.all(unread.map((fn) => readBack(target, fn)));
}

/** Which versions' provisioned concurrency is read, where that of any may have been changed. */
export function askedProvisioned({ provisioned }: FunctionLedger): { provisioned?: string[] } {
  return provisioned.size === 0 ? {} : { provisioned: [...provisioned.keys()] };
}

async function readBack(target: TargetState, fn: FunctionLedger): Promise<void> {
  try {
    fn.readBack = await looking(`read ${fn.name} back`).readBack({
      ...fn.access,
      ...defined({ alias: fn.aliasName, wide: fn.wideTouched }),
      ...askedProvisioned(fn),
    });
  } catch (error) {
    if (isCancellation(error)) throw error;
    const { message, ...failure } = toFailure(error);
    target.warn({
      ...failure,
      message: `What ${fn.name} is at the end could not be read. ${message}`,
      target: target.name,
      function: fn.name,
    });
  }
}
