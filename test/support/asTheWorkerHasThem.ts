import { answering } from '../../src/activities/answered.js';

/** A failure says whether a request of it may still be on its way, as in the worker. */
export function asTheWorkerHasThem(activities: object): object {
  return Object.fromEntries(
    Object.entries(activities as Record<string, (input: unknown) => Promise<unknown>>).map(
      ([name, activity]) => [name, answering(activity)],
    ),
  );
}
