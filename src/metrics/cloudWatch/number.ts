import {
  paginateGetMetricData,
  type CloudWatchClient,
  type GetMetricDataCommandOutput,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { excerpt } from '../../domain/excerpt.js';
import { mean, noData, severalSeries } from '../numbers.js';
import { NoNumber, type Question } from '../provider.js';
import { WHO } from './problems.js';
import { readQueries } from './queries.js';

/** The mean of the one series that the query returns, over all pages. */
export async function numberOf(client: CloudWatchClient, question: Question): Promise<number> {
  const { query, window, signal } = question;
  const { queries, returned } = readQueries(query, window);
  const asked = { MetricDataQueries: queries, StartTime: window.from, EndTime: window.to };
  const results: MetricDataResult[] = [];
  for await (const page of paginateGetMetricData({ client }, asked, { abortSignal: signal })) {
    assertWhole(page, question);
    const series = (page.MetricDataResults ?? []).filter(({ Id }) => Id === returned);
    if (series.length > 1) {
      throw severalSeries(WHO, series.length, 'leave out GROUP BY, or make one of them with math');
    }
    results.push(...series);
  }
  return meanOf(results, question);
}

/** A message about the whole answer says that something of it was left out. */
function assertWhole({ Messages = [] }: GetMetricDataCommandOutput, question: Question): void {
  if (Messages.length === 0) return;
  const message = `${WHO} left something out of its answer${told(Messages, question)}`;
  throw new NoNumber('refused', message);
}

function meanOf(results: readonly MetricDataResult[], question: Question): number {
  const last = results.at(-1);
  if (last === undefined) throw noData(WHO);
  const reason = told(
    results.flatMap(({ Messages = [] }) => Messages),
    question,
  );
  if (results.some(({ StatusCode }) => StatusCode === 'Forbidden')) {
    throw new NoNumber('refused', `${WHO} does not let the role see the metric${reason}`);
  }
  const isBroken = results.some(({ StatusCode }) => StatusCode === 'InternalError');
  if (isBroken || last.StatusCode === 'PartialData') {
    throw new NoNumber('unavailable', `${WHO} gives a part of the values only${reason}`);
  }
  const values = results.flatMap(({ Values = [] }) => Values);
  if (values.length === 0) throw new NoNumber('noData', `${noData(WHO).message}${reason}`);
  return mean(values, WHO);
}

interface Message {
  Code?: string | undefined;
  Value?: string | undefined;
}

function told(messages: readonly Message[], { quotable }: Question): string {
  if (!quotable || messages.length === 0) return '';
  const texts = messages.map(({ Code, Value }) => [Code, Value].filter(Boolean).join(': '));
  return `: ${excerpt(texts.join('; '))}`;
}
