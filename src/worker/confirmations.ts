import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';

/** How long Temporal may take to confirm an attempt, in milliseconds. */
const PATIENCE_MS = 5000;

/**
 * Makes the question an attempt asks right before it writes: am I still the current one, and not
 * cancelled? The heartbeat of a running activity is throttled and not awaited, so this one goes to
 * Temporal directly. It throws on every answer but yes, and when none comes in time.
 */
export function createConfirmation(client: Client) {
  return async (taskToken: Uint8Array, details?: unknown): Promise<void> => {
    const settled = new AbortController();
    try {
      await Promise.race([client.activity.heartbeat(taskToken, details), tooLate(settled.signal)]);
    } finally {
      settled.abort();
    }
  };
}

async function tooLate(settled: AbortSignal): Promise<void> {
  await sleep(PATIENCE_MS, undefined, { signal: settled }).catch(() => undefined);
  if (!settled.aborted)
    throw new Error('Temporal did not confirm in time that the attempt is current');
}
