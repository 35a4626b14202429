import { activityInfo } from '@temporalio/activity';
import { attemptsWithin } from '../../domain/retries.js';

/**
 * What may pass on the way back is tried for as long at once, in milliseconds; then people are told,
 * and the rollback tries it again (src/workflows/rollback/persist.ts).
 */
const ON_THE_WAY_BACK_MS = 2 * 60_000;

/** Whose request it was. */
export interface Patience {
  rollback?: boolean;
  /** There is something else to be done first. */
  impatient?: boolean;
}

/**
 * Whether another attempt is worth it.
 *
 * @param lastsMs - how long that sort of delay lasts, in milliseconds
 * @param attempt - the one that has failed, from 1
 */
export function isWorthAnother(
  lastsMs: number,
  whose: Patience,
  attempt = activityInfo().attempt,
): boolean {
  return attempt < attemptsWithin(Math.min(lastsMs, limitOf(lastsMs, whose)));
}

/** What AWS itself cannot answer is tried as long as the activity lasts: nothing else would go either. */
function limitOf(lastsMs: number, { rollback, impatient }: Patience): number {
  if (lastsMs === Infinity) return Infinity;
  if (impatient === true) return 0;
  return rollback === true ? ON_THE_WAY_BACK_MS : Infinity;
}
