import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { isGood, type Measurement } from '../domain/analysis.js';
import { measured, problemOf } from '../metrics/provider.js';
import { activityFailure } from './awsFailure.js';
import type { MeasuredQuery, MeasureInput } from './deciding.js';
import { rendered, type MetricDependencies } from './rendered.js';

/** How many queries are under way at once. New Relic guarantees 25 for each user. */
const SIDE_BY_SIDE = 20;

/** How long it takes until what has no answer is asked again, in milliseconds: it doubles. */
const SHORTEST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Asks each query for its number.
 *
 * @throws ApplicationFailure, retryable, when a query may have an answer later, the others do not
 *   fail the step anyway, and the time for asking again is not over
 * @throws ApplicationFailure, not retryable and before anything is asked, when a variable has no
 *   value, a secret is missing, or the settings do not have a provider
 */
export function measure(dependencies: MetricDependencies) {
  return async function measure(input: MeasureInput): Promise<Measurement[]> {
    const asks = input.queries.map((query) => prepared(query, input, dependencies));
    const measurements = await inTurns(await Promise.all(asks), SIDE_BY_SIDE);
    const problems = problemsOf(input.queries, measurements);
    const leftMs = Date.parse(input.giveUpAt) - Date.now();
    if (leftMs <= 0 || !problems.every(mayPass)) return measurements;
    const [first] = problems;
    if (first === undefined) return measurements;
    throw askAgain(first, input, leftMs);
  };
}

type Ask = () => Promise<Measurement>;

/** Everything is filled in before the first query is asked. */
async function prepared(
  query: MeasuredQuery,
  input: MeasureInput,
  dependencies: MetricDependencies,
): Promise<Ask> {
  const window = { from: new Date(input.from), to: new Date(input.to) };
  const signal = cancellationSignal();
  try {
    const { provider, question } = await rendered(query, input, window, dependencies);
    return () => measured(() => provider.ask({ ...question, signal }));
  } catch (error) {
    const problem = problemOf(error);
    return () => Promise.resolve(problem);
  }
}

async function inTurns(asks: readonly Ask[], width: number): Promise<Measurement[]> {
  const results: Measurement[] = [];
  for (let start = 0; start < asks.length; start += width) {
    const turn = asks.slice(start, start + width);
    results.push(...(await Promise.all(turn.map((ask) => ask()))));
  }
  return results;
}

/** A query that keeps the step from passing. */
interface Problem {
  query: MeasuredQuery;
  measurement: Exclude<Measurement, { value: number }>;
}

function problemsOf(
  queries: readonly MeasuredQuery[],
  measurements: readonly Measurement[],
): Problem[] {
  return queries.flatMap((query, index) => {
    const measurement = measurements[index];
    if (measurement === undefined || 'value' in measurement) return [];
    return isGood(measurement.problem, query.onNoData) ? [] : [{ query, measurement }];
  });
}

/** Whether asking again may help. */
function mayPass({ query, measurement: { problem } }: Problem): boolean {
  return problem === 'unavailable' || (problem === 'noData' && query.onNoData === 'retry');
}

/** No slot of the worker is held while nothing is asked. */
function askAgain(
  { query, measurement }: Problem,
  { giveUpAt, target }: MeasureInput,
  leftMs: number,
): Error {
  const pauseMs = SHORTEST_PAUSE_MS * 2 ** (Math.min(activityInfo().attempt, 10) - 1);
  return activityFailure(
    {
      code: 'analysisFailed',
      message: `The query ${query.query} has no answer yet: ${measurement.message}. It is asked again until ${giveUpAt}.`,
      target,
    },
    { retryable: true, afterMs: Math.min(pauseMs, LONGEST_PAUSE_MS, leftMs) },
  );
}
