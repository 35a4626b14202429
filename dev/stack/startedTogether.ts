import type { RunningProgram } from '../../src/local/processes.js';

/**
 * Waits for two programs that start at the same time. When one does not start, the other is stopped
 * again.
 */
export async function startedTogether<
  First extends RunningProgram,
  Second extends RunningProgram | undefined,
>(first: Promise<First>, second: Promise<Second>): Promise<[First, Second]> {
  const starting = [first, second] as const;
  try {
    return await Promise.all(starting);
  } catch (error) {
    for (const one of await Promise.allSettled(starting)) {
      if (one.status === 'fulfilled') await one.value?.stop();
    }
    throw error;
  }
}
