import { TooMuch } from '../domain/filling.js';
import { windowVariables, type Window } from '../domain/variableValues.js';
import { NoNumber, type Provider, type Question } from '../metrics/provider.js';
import { activityFailure } from './awsFailure.js';
import type { DecidingInput, MeasuredQuery } from './deciding.js';
import { Rendering } from './rendering.js';
import type { SecretStore } from './secrets/secretStore.js';

export interface MetricDependencies {
  providers: ReadonlyMap<string, Provider>;
  secrets: SecretStore;
  /** Whether an application may ask a provider. */
  mayAsk: (application: string, provider: string) => boolean;
}

/** A query with every variable filled in, and who is asked it. */
export interface Rendered {
  provider: Provider;
  question: Omit<Question, 'signal'>;
  /** The query for people: without its secrets. */
  shown: string;
}

/**
 * Fills a query in.
 *
 * @throws ApplicationFailure, not retryable, when a variable has no value, a secret is missing, or
 *   the settings do not have the provider for the application
 * @throws NoNumber `refused` when a value cannot stand where the template puts it, or makes too much
 *   of it
 */
export async function rendered(
  query: MeasuredQuery,
  input: DecidingInput,
  window: Window,
  { providers, secrets, mayAsk }: MetricDependencies,
): Promise<Rendered> {
  const known = [...providers.keys()].filter((name) => mayAsk(input.application, name));
  const provider = known.includes(query.provider) ? providers.get(query.provider) : undefined;
  if (provider === undefined) throw unknownProvider(query, input, known);
  const { template } = query;
  const variables = { ...input.variables, ...query.variables, ...windowVariables(window) };
  const rendering = await Rendering.of([template], { ...input, variables }, secrets, {
    owner: `the query ${query.query}`,
    code: 'analysisFailed',
  });
  return {
    provider,
    question: {
      query: filledIn(rendering, template, provider),
      window,
      access: input,
      quotable: rendering.secrets.length === 0,
    },
    shown: rendering.fillShown(template, provider.encoder()),
  };
}

function filledIn(rendering: Rendering, template: string, provider: Provider): string {
  try {
    return rendering.fill(template, provider.encoder());
  } catch (error) {
    if (error instanceof TooMuch) throw new NoNumber('refused', `the query ${error.message}`);
    throw error;
  }
}

function unknownProvider(
  { query, provider }: MeasuredQuery,
  { target, application }: DecidingInput,
  known: readonly string[],
): Error {
  const there = known.length === 0 ? 'They have none' : `They have: ${known.join(', ')}`;
  return activityFailure(
    {
      code: 'analysisFailed',
      message: `The query ${query} asks the metric provider ${provider}, which the worker's settings do not have for ${application}. ${there}.`,
      remedy:
        'Name one that is there, or add it to `metricProviders` in the settings file. ' +
        'Where it is there, its `applications` leave this one out.',
      target,
    },
    { retryable: false },
  );
}
