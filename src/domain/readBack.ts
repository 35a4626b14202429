import type { AliasShape, FunctionState } from './functions.js';
import type { WideState } from './wideSettings.js';

/** A function as AWS said that it is, when it was asked at the end of a deployment. */
export interface ReadBack {
  /** ISO 8601. */
  readAt: string;
  /** Absent: there is no function. */
  latest?: FunctionState;
  /** What was asked for of what belongs to the whole function. */
  wide?: WideState;
  /** Absent: the plan names no alias, or there is none. */
  alias?: AliasShape;
  /** The hash of the code of the alias's primary version. */
  servedCodeSha256?: string;
  /** The provisioned concurrency of the versions that were asked for, by their numbers; 0: none. */
  provisioned?: Record<string, number>;
}
