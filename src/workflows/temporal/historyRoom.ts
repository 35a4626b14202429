import { workflowInfo } from '@temporalio/workflow';
import { FailureError } from './failure.js';

/**
 * From here on a target goes back rather than on. Temporal ends a workflow whose history has 51,200
 * events or 50 MB, and one that it ends takes nothing back.
 */
const MOST_EVENTS = 40_000;
const MOST_BYTES = 40 * 1024 * 1024;

/** @throws FailureError when the history has hardly room for more than a rollback */
export function assertRoom(target: string): void {
  const { historyLength, historySize } = workflowInfo();
  if (historyLength < MOST_EVENTS && historySize < MOST_BYTES) return;
  throw new FailureError({
    code: 'internal',
    message: `The history of ${target} is nearly full (${historyLength} events).`,
    remedy: 'Let its steps run fewer analyses, or try webhooks less often.',
    target,
  });
}
