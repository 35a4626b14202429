import type { Preflight, Sluice } from '../../client.js';
import type { Plan } from '../../domain/plan.js';

/**
 * What a deployment would change.
 *
 * @returns undefined when somebody presses Ctrl-C meanwhile
 */
export async function lookAhead(
  sluice: Sluice,
  options: { plan: Plan; dryRunCode?: boolean },
): Promise<Preflight | undefined> {
  const left = new AbortController();
  const leave = () => left.abort();
  process.once('SIGINT', leave);
  try {
    return await sluice.plan({ ...options, signal: left.signal });
  } catch (error) {
    if (left.signal.aborted) return undefined;
    throw error;
  } finally {
    process.off('SIGINT', leave);
  }
}
