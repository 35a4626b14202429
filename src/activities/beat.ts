import { setMaxListeners } from 'node:events';
import { cancellationSignal, heartbeat } from '@temporalio/activity';

const INTERVAL_MS = 2000;

/**
 * Runs an activity with heartbeats. They say that the process lives, and bring word of a
 * cancellation; that the work itself goes on is assured by a limit on every request it makes.
 */
export function beating<Input extends unknown[], Output>(
  activity: (...input: Input) => Promise<Output>,
): (...input: Input) => Promise<Output> {
  return async (...input) => {
    // Every request that is under way listens to it, and one activity may have dozens.
    setMaxListeners(0, cancellationSignal());
    const timer = setInterval(() => heartbeat(), INTERVAL_MS);
    try {
      return await activity(...input);
    } finally {
      clearInterval(timer);
    }
  };
}

type Activity = (...input: never) => Promise<unknown>;

/** The same for several. */
export function allBeating<Activities extends Record<string, Activity>>(
  activities: Activities,
): Activities {
  const entries = Object.entries(activities).map(([name, one]) => [name, beating(one)] as const);
  return Object.fromEntries(entries) as unknown as Activities;
}
