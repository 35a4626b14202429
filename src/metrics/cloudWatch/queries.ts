import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { isMapping } from '../../domain/isMapping.js';
import type { Window } from '../../domain/variableValues.js';
import { NoNumber } from '../provider.js';

/** The fields of the API, on every level. Source: MetricDataQuery in the CloudWatch API reference. */
const FIELDS = new Set(
  [
    'Id MetricStat Expression Label ReturnData Period AccountId',
    'Metric Stat Unit',
    'Namespace MetricName Dimensions',
    'Name Value',
  ].flatMap((level) => level.split(' ')),
);

/** In seconds; CloudWatch takes multiples of a minute, and at most a day. */
const MINUTE = 60;
const DAY = 86_400;

/** What GetMetricData is asked, and whose values count. */
export interface MetricDataQueries {
  queries: MetricDataQuery[];
  /** The id of the one that returns data. */
  returned: string;
}

/**
 * Reads a query's text: a JSON list of MetricDataQueries, or one expression.
 *
 * @throws NoNumber `refused`
 */
export function readQueries(text: string, window: Window): MetricDataQueries {
  const period = periodOf(window);
  if (!isJson(text)) {
    return {
      queries: [{ Id: 'query', Expression: text.trim(), Period: period }],
      returned: 'query',
    };
  }
  const queries = parse(text).map((query) => withPeriod(query, period));
  const returning = queries.filter(({ ReturnData }) => ReturnData !== false);
  const [one] = returning;
  if (one?.Id === undefined || returning.length > 1) {
    throw refused(
      `${returning.length} of its queries return data, and it must be one with an Id: write "ReturnData": false at the others`,
    );
  }
  return { queries, returned: one.Id };
}

/** Whether a query's text is JSON, and no expression. */
export function isJson(text: string): boolean {
  return text.trimStart().startsWith('[');
}

function parse(text: string): MetricDataQuery[] {
  let queries: unknown;
  try {
    queries = JSON.parse(text);
  } catch {
    throw refused('it begins like a JSON list and is no valid JSON');
  }
  if (!Array.isArray(queries) || queries.some((query) => !isMapping(query))) {
    throw refused('it is not a JSON list of MetricDataQueries');
  }
  const unknown = unknownField(queries);
  if (unknown !== undefined) {
    throw refused(`MetricDataQueries have no field "${unknown}" (capital and small letters count)`);
  }
  return queries as MetricDataQuery[];
}

/** The client leaves unknown fields out without a word. */
function unknownField(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.map(unknownField).find((name) => name !== undefined);
  if (!isMapping(value)) return undefined;
  const names = Object.keys(value);
  return names.find((name) => !FIELDS.has(name)) ?? unknownField(Object.values(value));
}

/** Metric math takes the periods of its metrics; a Metrics Insights query has none but its own. */
function withPeriod(query: MetricDataQuery, period: number): MetricDataQuery {
  const { MetricStat, Expression } = query;
  if (MetricStat !== undefined) {
    return { ...query, MetricStat: { ...MetricStat, Period: MetricStat.Period ?? period } };
  }
  const isInsights = /^\s*SELECT\b/i.test(Expression ?? '');
  return isInsights ? { ...query, Period: query.Period ?? period } : query;
}

function periodOf({ from, to }: Window): number {
  const seconds = (to.getTime() - from.getTime()) / 1000;
  return Math.min(DAY, Math.max(1, Math.ceil(seconds / MINUTE)) * MINUTE);
}

function refused(reason: string): NoNumber {
  return new NoNumber('refused', `the query is none for CloudWatch: ${reason}`);
}
