import { askJson, quoted, unexpected, type JsonApi } from '../json.js';
import { mean, noData, severalSeries } from '../numbers.js';
import { NoNumber, type Provider, type Question } from '../provider.js';
import type { ProviderTools } from '../providerType.js';
import { insideQuotes } from '../quoting.js';
import { at, listAt, textAt } from '../shape.js';
import type { DatadogSettings } from './settings.js';

const WHO = 'Datadog';

/**
 * Datadog: the points of one series within the look-back, of which the mean counts.
 *
 * Source: https://docs.datadoghq.com/api/latest/metrics/#query-timeseries-points
 */
export function createDatadog(
  { url, apiKey, applicationKey }: DatadogSettings,
  { limits }: ProviderTools,
): Provider {
  const api: JsonApi = { who: WHO, secrets: [apiKey, applicationKey], complaint, limits };
  const headers = { 'DD-API-KEY': apiKey, 'DD-APPLICATION-KEY': applicationKey };
  return {
    encoder: () => insideQuotes(),
    async ask(question) {
      const address = `${url}/api/v1/query?${parametersOf(question)}`;
      const body = await askJson(api, { method: 'GET', url: address, headers }, question);
      if (at(body, 'status') === 'ok') return meanOf(body);
      if (at(body, 'status') !== 'error') throw unexpected(WHO);
      const reason = quoted(api, complaint(body), question);
      throw new NoNumber('refused', `${WHO} does not accept the query${reason}`);
    },
  };
}

function parametersOf({ query, window: { from, to } }: Question): string {
  const seconds = (date: Date): string => String(Math.floor(date.getTime() / 1000));
  return new URLSearchParams({ from: seconds(from), to: seconds(to), query }).toString();
}

/** `error` beside a status, `errors` beside an HTTP status. */
function complaint(body: unknown): string | undefined {
  const errors = listAt(body, 'errors') ?? [];
  return textAt(body, 'error') ?? errors.filter((one) => typeof one === 'string').join(', ');
}

function meanOf(body: unknown): number {
  const series = listAt(body, 'series');
  if (series === undefined) throw unexpected(WHO);
  if (series.length === 0) throw noData(WHO);
  if (series.length > 1) {
    throw severalSeries(WHO, series.length, 'leave out the "by {…}", and ask for one metric');
  }
  const points = listAt(series, 0, 'pointlist');
  if (points === undefined) throw unexpected(WHO);
  return mean(
    points.map(valueOf).filter((value) => value !== null),
    WHO,
  );
}

/** A point is a pair of a time and a number, or null where nothing was measured. */
function valueOf(point: unknown): number | null {
  const value = at(point, 1);
  if (value !== null && typeof value !== 'number') throw unexpected(WHO);
  return value;
}
