import { askJson, quoted, unexpected, type JsonApi } from '../json.js';
import { workingSeconds, type AskLimits } from '../limits.js';
import { finite, noData, severalSeries } from '../numbers.js';
import { NoNumber, type Provider, type Question } from '../provider.js';
import type { ProviderTools } from '../providerType.js';
import { insideQuotes } from '../quoting.js';
import { listAt, textAt } from '../shape.js';
import type { NewRelicSettings } from './settings.js';

const WHO = 'New Relic';

const DOCUMENT = `query ($accountId: Int!, $nrql: Nrql!, $timeout: Seconds) {
  actor { account(id: $accountId) { nrql(query: $nrql, timeout: $timeout) { results } } }
}`;

/** Where a row's numbers come from, which are no results. */
const NO_RESULTS = new Set(['beginTimeSeconds', 'endTimeSeconds', 'inspectedCount']);

/** The classes of errors that may go well later. Source: New Relic's own client for Go. */
const PASSING = ['TIMEOUT', 'SERVER_ERROR', 'INTERNAL_SERVER_ERROR', 'TOO_MANY_REQUESTS'];

/**
 * New Relic: an NRQL query, sent to NerdGraph, whose result is one row with one number.
 *
 * Source: https://docs.newrelic.com/docs/apis/nerdgraph/examples/nerdgraph-nrql-tutorial/
 */
export function createNewRelic(
  { url, accountId, apiKey }: NewRelicSettings,
  { limits }: ProviderTools,
): Provider {
  const api: JsonApi = { who: WHO, secrets: [apiKey], complaint, limits };
  const headers = { 'Content-Type': 'application/json', 'API-Key': apiKey };
  return {
    encoder: () => insideQuotes({ '--': '\n', '//': '\n', '/*': '*/' }),
    async ask(question) {
      const request = { query: DOCUMENT, variables: variablesOf(question, accountId, limits) };
      const body = await askJson(
        api,
        { method: 'POST', url: `${url}/graphql`, headers, body: JSON.stringify(request) },
        question,
      );
      // They come with HTTP status 200.
      const errors = listAt(body, 'errors') ?? [];
      if (errors.length > 0) throw refusal(errors, quoted(api, complaint(body), question));
      return numberIn(listAt(body, 'data', 'actor', 'account', 'nrql', 'results'));
    },
  };
}

function variablesOf({ query }: Question, accountId: number, limits: AskLimits): object {
  return { accountId, nrql: query, timeout: workingSeconds(limits) };
}

function complaint(body: unknown): string | undefined {
  const errors = listAt(body, 'errors') ?? [];
  return errors.flatMap((one) => textAt(one, 'message') ?? []).join(', ');
}

function refusal(errors: readonly unknown[], reason: string): NoNumber {
  const classes = errors.map((one) => textAt(one, 'extensions', 'errorClass') ?? '');
  if (classes.some((one) => PASSING.includes(one))) {
    return new NoNumber('unavailable', `${WHO} cannot answer at the moment${reason}`);
  }
  return new NoNumber('refused', `${WHO} does not accept the query${reason}`);
}

function numberIn(rows: readonly unknown[] | undefined): number {
  if (rows === undefined) throw unexpected(WHO);
  if (rows.length === 0) throw noData(WHO);
  const remedy = 'leave out FACET, TIMESERIES and COMPARE WITH, and select one value';
  if (rows.length > 1) throw severalSeries(WHO, rows.length, remedy);
  const found = leavesOf(rows[0]);
  const numbers = found.filter((one) => typeof one === 'number');
  const [number] = numbers;
  if (number !== undefined && numbers.length === 1) return finite(number, WHO);
  if (numbers.length > 1) throw severalSeries(WHO, numbers.length, remedy);
  if (found.includes(null)) throw noData(WHO);
  throw new NoNumber(
    'refused',
    `${WHO} gives a row without a number: select count(*), average(…) or the like`,
  );
}

/** A percentile is an object of its own: `{"percentile.duration": {"95": 0.3}}`. */
function leavesOf(row: unknown): unknown[] {
  if (typeof row !== 'object' || row === null) return [row];
  return Object.entries(row).flatMap(([name, value]) =>
    NO_RESULTS.has(name) ? [] : leavesOf(value),
  );
}
