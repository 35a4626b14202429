import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { defined } from '../domain/defined.js';
import type { Failure } from '../domain/failures.js';
import { withoutSecrets } from '../domain/redaction.js';
import { activityFailure, readAwsError, type AwsError } from './awsFailure.js';
import { judge, type Verdict } from './refusals/judge.js';
import { isWorthAnother, type Patience } from './refusals/patience.js';

/** What was being done when AWS answered with an error. */
export interface Operation extends Patience {
  /** As a phrase that follows "could not": `update the code of orders`. */
  doing: string;
  target?: string;
  function?: string;
  deployRoleArn: string;
  region: string;
  /** Values that AWS may repeat in its message and nobody may read. */
  secrets?: readonly string[];
  /** It gives a function what it had before, whether on the way back or not. */
  restores?: boolean;
}

/**
 * Turns an AWS error into the project's own, once, at the edge. What Temporal itself threw, and
 * what is already translated, passes unchanged.
 *
 * @param attempt - the activity's attempt, from 1
 */
export function translateAwsError(error: unknown, operation: Operation, attempt: number): Error {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  const aws = readAwsError(error);
  const verdict = judge(aws);
  return activityFailure(describe(verdict, aws, operation), {
    retryable: isWorthAnother(verdict.lastsMs, operation, attempt),
  });
}

function describe({ is, remedy }: Verdict, aws: AwsError, operation: Operation): Failure {
  const { rollback, restores, doing, region, target, function: name } = operation;
  const way = rollback === true || restores === true ? 'back' : 'forward';
  return {
    code: is,
    message: `Could not ${doing} in ${region}: ${said(aws, operation)} (${aws.name}).`,
    ...defined({
      remedy: remedy?.[way](operation),
      target,
      function: name,
      awsRequestId: aws.requestId,
    }),
  };
}

function said(aws: AwsError, { secrets = [] }: Operation): string {
  return withoutSecrets(aws.message.trim().replace(/\.$/, ''), secrets);
}
