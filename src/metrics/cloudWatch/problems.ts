import { ApplicationFailure } from '@temporalio/common';
import { excerpt } from '../../domain/excerpt.js';
import type { AskLimits } from '../limits.js';
import { NoNumber, type Question } from '../provider.js';

export const WHO = 'CloudWatch';

const DENIED = ['AccessDenied', 'AccessDeniedException', 'UnrecognizedClientException'];

/**
 * The request is wrong; clients and protocols differ in the ends of these names.
 *
 * Source: the errors of GetMetricData, and the common errors of the CloudWatch API.
 */
const INVALID =
  /^(Validation|InvalidParameterValue|InvalidParameterCombination|MissingRequiredParameter|MissingParameter|Serialization)(Error|Exception)?$/;

/** Why there is no number, by what was thrown instead of one. */
export function translated(error: unknown, question: Question, { totalMs }: AskLimits): unknown {
  if (error instanceof NoNumber) return error;
  if (error instanceof ApplicationFailure) return ofRole(error);
  if (question.signal.aborted) {
    return new NoNumber('unavailable', `${WHO} did not answer within ${totalMs / 1000} s`);
  }
  const { name = 'UnknownError', message = String(error) } = (error ?? {}) as Partial<Error>;
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
