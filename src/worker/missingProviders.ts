import type { Needs } from '../domain/needs.js';

/**
 * The metric providers that a plan asks and a worker does not have, in sentences: a deployment must
 * not find out in its middle.
 *
 * @param known - the names of those that the worker has
 */
export function missingProviders({ providers }: Needs, known: readonly string[]): string[] {
  const there = known.length === 0 ? 'they have none' : `they have ${known.join(', ')}`;
  return [...providers]
    .filter(([provider]) => !known.includes(provider))
    .map(
      ([provider, query]) =>
        `The query ${query} asks the metric provider ${provider}, which the worker's settings do not have: ${there}.`,
    );
}
