import type { FailureCode } from '../../domain/failures.js';
import type { AwsError } from '../awsFailure.js';
import { FINAL } from './final.js';
import { means, type Meaning } from './meaning.js';
import { CONFLICT_LASTS_MS, PASSING } from './passing.js';
import { REMEDIES, type Remedy } from './remedies.js';

/** What an error of AWS means, and how long it is worth trying again. */
export interface Verdict {
  is: FailureCode;
  /** In milliseconds; 0: not at all. */
  lastsMs: number;
  remedy: Remedy | undefined;
}

/** Exceptions by which AWS says that it was asked too often. Source: the AWS SDKs' retry behaviour. */
const THROTTLING = [
  'TooManyRequestsException',
  'ThrottlingException',
  'Throttling',
  'ThrottledException',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestLimitExceeded',
  'EC2ThrottledException',
  'SlowDown',
];

const TIMEOUTS = ['TimeoutError', 'RequestTimeout', 'RequestTimeoutException'];

/**
 * Looks an error up in the tables of what passes and what does not. What stands in neither is
 * decided by its type and its status, and never by a sentence: AWS words things anew.
 */
export function judge(error: AwsError): Verdict {
  const passing = PASSING.find((row) => means(row, error));
  if (passing !== undefined) return verdict(passing, passing.lastsMs);
  const final = FINAL.find((row) => means(row, error));
  return final === undefined ? byType(error) : verdict(final, 0);
}

function verdict({ is, remedy = REMEDIES[is] }: Meaning, lastsMs: number): Verdict {
  return { is, lastsMs, remedy };
}

function byType({ name, status }: AwsError): Verdict {
  const passes = (is: FailureCode, lastsMs = Infinity): Verdict =>
    verdict({ exceptions: [name], is }, lastsMs);
  if (status === 429 || THROTTLING.includes(name)) return passes('throttled');
  if (status === 409) return passes('awsRefused', CONFLICT_LASTS_MS);
  // An answer with status 200 that cannot be read is none.
  const isNoAnswer = status === undefined || status === 200 || status === 408 || status >= 500;
  if (isNoAnswer || TIMEOUTS.includes(name)) return passes('awsUnavailable');
  return passes('awsRefused', 0);
}
