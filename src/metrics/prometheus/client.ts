import { defined } from '../../domain/defined.js';
import { askJson, quoted, unexpected, type JsonApi } from '../json.js';
import { workingSeconds, type AskLimits } from '../limits.js';
import { finite, noData, severalSeries } from '../numbers.js';
import { NoNumber, type Provider, type Question } from '../provider.js';
import type { ProviderTools } from '../providerType.js';
import { insideQuotes } from '../quoting.js';
import { at, listAt, textAt } from '../shape.js';
import type { PrometheusSettings } from './settings.js';

const WHO = 'Prometheus';

/**
 * Prometheus, and what speaks like it: an instant query at the end of the look-back.
 *
 * Source: https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries
 */
export function createPrometheus(
  { url, authorization }: PrometheusSettings,
  { limits }: ProviderTools,
): Provider {
  const api: JsonApi = {
    who: WHO,
    secrets: credentialsIn(authorization),
    complaint: (body) => textAt(body, 'error'),
    limits,
  };
  return {
    encoder: () => insideQuotes({ '#': '\n' }),
    async ask(question) {
      const body = await askJson(
        api,
        {
          method: 'POST',
          url: `${url}/api/v1/query`,
          headers: {
            'Content-Type': 'application/x-www-form-urlencoded',
            ...defined({ Authorization: authorization }),
          },
          body: formOf(question, limits),
        },
        question,
      );
      if (at(body, 'status') === 'success') return numberIn(at(body, 'data'));
      if (at(body, 'status') !== 'error') throw unexpected(WHO);
      const reason = quoted(api, api.complaint(body), question);
      throw new NoNumber('refused', `${WHO} does not accept the query${reason}`);
    },
  };
}

function formOf({ query, window }: Question, limits: AskLimits): string {
  const form = {
    query,
    time: String(window.to.getTime() / 1000),
    timeout: `${workingSeconds(limits)}s`,
  };
  return new URLSearchParams(form).toString();
}

function numberIn(data: unknown): number {
  const type = textAt(data, 'resultType');
  const result = listAt(data, 'result');
  if (type === undefined || result === undefined) throw unexpected(WHO);
  if (type === 'scalar') return sample(result);
  if (type !== 'vector') {
    const remedy = 'such as sum(rate(…[5m])) or avg_over_time(…[5m])';
    throw new NoNumber(
      'refused',
      `${WHO} gives a ${type} instead of one number: ask for ${remedy}`,
    );
  }
  if (result.length === 0) throw noData(WHO);
  if (result.length > 1) {
    throw severalSeries(WHO, result.length, 'put sum(…), avg(…) or max(…) around it');
  }
  if (at(result, 0, 'histogram') !== undefined) {
    const remedy = 'ask for histogram_quantile(…) or histogram_avg(…)';
    throw new NoNumber('refused', `${WHO} gives a histogram instead of one number: ${remedy}`);
  }
  return sample(at(result, 0, 'value'));
}

/** A pair of a time and a number that is written as a text. */
function sample(pair: unknown): number {
  const text = textAt(pair, 1);
  if (text === undefined || !/^(NaN|[+-]?(Inf|[\d.]+(e[+-]?\d+)?))$/i.test(text)) {
    throw unexpected(WHO);
  }
  return finite(Number(text.replace(/Inf$/i, 'Infinity')), WHO);
}

/** What of the header must not be seen, whole and in parts: a proxy may repeat the password alone. */
function credentialsIn(authorization: string | undefined): string[] {
  if (authorization === undefined) return [];
  const [scheme, value = ''] = authorization.split(/ (.*)/s);
  if (scheme !== 'Basic') return [value];
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return [value, pair.slice(pair.indexOf(':') + 1)];
}
