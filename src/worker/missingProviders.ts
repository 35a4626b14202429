import type { Needs } from '../domain/needs.js';
import type { Access } from '../settings/access.js';

/** What a worker knows of metric providers. */
interface KnownProviders extends Pick<Access, 'mayAsk'> {
  names: readonly string[];
}

/**
 * The metric providers that a plan asks and a worker does not have, or not for its application, in
 * sentences: a deployment must not find out in its middle.
 */
export function missingProviders(
  { providers }: Needs,
  application: string,
  { names, mayAsk }: KnownProviders,
): string[] {
  const known = names.filter((name) => mayAsk(application, name));
  const there = known.length === 0 ? 'they have none' : `they have ${known.join(', ')}`;
  return [...providers]
    .filter(([provider]) => !known.includes(provider))
    .map(
      ([provider, query]) =>
        `The query ${query} asks the metric provider ${provider}, which the worker's settings do not have for ${application}: ${there}.`,
    );
}
