import { TASK_QUEUE } from '../../domain/names.js';
import type { Notice } from './model.js';

/** What there is to say while nothing polls the task queue. */
export function missingWorker({
  namespace,
  address,
}: {
  namespace: string;
  address: string;
}): Notice {
  return {
    text:
      `Nothing polls the task queue "${TASK_QUEUE}" in namespace ${namespace} at ${address}: the ` +
      'deployment waits until a worker runs. Start one with: sluice worker',
    over: 'A worker polls the task queue now.',
  };
}
