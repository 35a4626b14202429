import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL_MS = 50;

/**
 * Looks again and again until there is something to see.
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

/**
 * Repeats an assertion until it holds. When it takes too long, it fails as it is.
 *
 * @param withinMs - how long it may take, in milliseconds
 */
export async function eventually(
  assertion: () => Promise<void> | void,
  withinMs = 30_000,
): Promise<void> {
  for (const deadline = Date.now() + withinMs; ; await sleep(INTERVAL_MS)) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() >= deadline) throw error;
    }
  }
}
