import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL_MS = 50;

/**
 * Looks again and again until there is something to see. In tests that run side by side vitest's own
 * `expect.poll` does not know which of them it belongs to.
 *
 * @param what - for the message of the error when it takes longer than two minutes
 */
export async function until<Found>(
  what: string,
  look: () => Promise<Found | undefined> | Found | undefined,
): Promise<Found> {
  for (const deadline = Date.now() + 120_000; Date.now() < deadline;) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(INTERVAL_MS);
  }
  throw new Error(`It took too long until ${what}.`);
}
