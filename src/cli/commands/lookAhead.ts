import type { Preflight, Sluice } from '../../client.js';
import type { Plan } from '../../domain/plan.js';
import { untilInterrupted } from './interruption.js';

/**
 * What a deployment would change.
 *
 * @returns undefined when somebody presses Ctrl-C meanwhile
 */
export async function lookAhead(
  sluice: Sluice,
  options: { plan: Plan; dryRunCode?: boolean },
): Promise<Preflight | undefined> {
  return untilInterrupted(async (signal) => {
    try {
      return await sluice.plan({ ...options, signal });
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  });
}
