import {
  paginateGetMetricData,
  type CloudWatchClient,
  type GetMetricDataCommandOutput,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { ApplicationFailure } from '@temporalio/common';
import type { TargetAccess } from '../access.js';
import { readAwsError } from '../awsFailure.js';
import type { ClientCache } from '../clients.js';
import { excerpt } from '../excerpt.js';
import { fitIntoQuery, readQueries } from './cloudWatchQueries.js';
import type { AskLimits } from './json.js';
import { mean, noData, severalSeries } from './numbers.js';
import { NoNumber, type Provider, type Question } from './provider.js';

export interface CloudWatchSettings {
  type: 'cloudWatch';
  /** Absent: the target's. */
  region?: string;
  /** Absent: the target's deploy role. */
  roleArn?: string;
}

const WHO = 'CloudWatch';

const DENIED = ['AccessDenied', 'AccessDeniedException', 'UnrecognizedClientException'];

/**
 * The request is wrong; clients and protocols differ in the ends of these names.
 *
 * Source: the errors of GetMetricData, and the common errors of the CloudWatch API.
 */
const INVALID =
  /^(Validation|InvalidParameterValue|InvalidParameterCombination|MissingRequiredParameter|MissingParameter|Serialization)(Error|Exception)?$/;

/**
 * CloudWatch: what one query of GetMetricData returns, of which the mean counts.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export function cloudWatch(
  settings: CloudWatchSettings,
  clients: ClientCache,
  limits: AskLimits,
): Provider {
  return {
    fit: fitIntoQuery,
    async ask(question) {
      const whom = accessOf(settings, question.access);
      const timed = { ...question, signal: limited(question.signal, limits) };
      try {
        const { cloudWatch: client } =
          settings.roleArn === undefined ? clients.for(whom) : clients.forRoleOfSettings(whom);
        return await numberOf(client, timed);
      } catch (error) {
        question.signal.throwIfAborted();
        throw translated(error, { ...timed, access: whom }, limits);
      }
    },
  };
}

function accessOf({ region, roleArn }: CloudWatchSettings, target: TargetAccess): TargetAccess {
  return {
    ...target,
    ...(region !== undefined && { region }),
    ...(roleArn !== undefined && { deployRoleArn: roleArn }),
  };
}

function limited(signal: AbortSignal, { totalMs }: AskLimits): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(totalMs)]);
}

async function numberOf(client: CloudWatchClient, question: Question): Promise<number> {
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

function translated(error: unknown, question: Question, { totalMs }: AskLimits): unknown {
  if (error instanceof NoNumber) return error;
  if (error instanceof ApplicationFailure) return ofRole(error);
  if (question.signal.aborted) {
    return new NoNumber('unavailable', `${WHO} did not answer within ${totalMs / 1000} s`);
  }
  const { name, message } = readAwsError(error);
  const reason = question.quotable ? `: ${excerpt(message)}` : '';
  if (DENIED.includes(name)) {
    const { deployRoleArn } = question.access;
    const missing = `${WHO} refuses ${deployRoleArn}: give it cloudwatch:GetMetricData`;
    return new NoNumber('refused', missing);
  }
  return INVALID.test(name)
    ? new NoNumber('refused', `${WHO} does not accept the query${reason} (${name})`)
    : new NoNumber('unavailable', `${WHO} does not answer as it should${reason} (${name})`);
}

/** That a role cannot be assumed for good is a failure of the step, and no lack of an answer. */
function ofRole(failure: ApplicationFailure): unknown {
  if (failure.nonRetryable === true) return failure;
  return new NoNumber('unavailable', failure.message.replace(/\.$/, ''));
}
