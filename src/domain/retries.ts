/** The growing delays between two attempts of an activity, in milliseconds. */
export const RETRY_DELAYS = {
  initialInterval: 500,
  backoffCoefficient: 2,
  maximumInterval: 20_000,
} as const;

/**
 * How many attempts are made within a time, the first one counted: what a worker does not try, such
 * as while none runs, is no patience.
 *
 * @param ms - milliseconds; may be `Infinity`
 */
export function attemptsWithin(ms: number): number {
  const { initialInterval, backoffCoefficient, maximumInterval } = RETRY_DELAYS;
  let attempts = 1;
  let [passed, delay]: [number, number] = [initialInterval, initialInterval];
  while (passed <= ms) {
    attempts += 1;
    delay = Math.min(delay * backoffCoefficient, maximumInterval);
    // From there on they are all alike.
    if (delay === maximumInterval) return attempts + Math.max(0, Math.floor((ms - passed) / delay));
    passed += delay;
  }
  return attempts;
}
