import type { AwsEndpoints } from '../domain/awsEndpoints.js';
import { defined } from '../domain/defined.js';
import type { TargetAccess } from '../domain/target.js';

/** One function of a target. */
export interface FunctionAccess extends TargetAccess {
  function: string;
  /** Absent where nobody compares the environment. */
  environmentBases?: EnvironmentBases;
  /** Of the secrets that fill in its environment: the versions that count, where they have any. */
  secretVersions?: Record<string, string>;
  /** What no error may repeat: activities say so to themselves, and no workflow knows it. */
  hidden?: readonly string[];
  /** Rollbacks pass the rate limiter before everything else. */
  rollback?: boolean;
  /** It gives the function what it had before, on the way back or because a plan says so. */
  restores?: boolean;
  /** What may pass counts as refused: there is something else to be done first. */
  impatient?: boolean;
  /** What only looks what a deployment would do passes it after everything else. */
  preflight?: boolean;
}

/** What an activity compares environment values with, because a workflow cannot. */
export interface EnvironmentBases {
  /** Variable name to a hash of the value that the plan names. */
  wanted?: Record<string, string>;
  /** The values of the plan that are filled in from secrets, unfilled, by their variables. */
  templates?: Record<string, string>;
  /** The published version whose values are wanted. */
  wantedVersion?: string;
  /** The published version that has the values from before the first write, once there is one. */
  versionBefore?: string;
}

/** What the worker's settings say about deploy roles. */
export interface AccessSettings {
  /** The external id that roles of this account ask for. */
  externalId(accountId: string): string | undefined;
  /** Whether this application may use this deploy role. */
  mayUse(application: string, roleArn: string): boolean;
  /** Absent: as the AWS SDK finds them. */
  endpoints?: AwsEndpoints;
}

/** What of it every client of the AWS SDK takes. */
export function clientEndpoints({ useDualstackEndpoint, useFipsEndpoint }: AwsEndpoints = {}): Omit<
  AwsEndpoints,
  'stsRegion'
> {
  return defined({ useDualstackEndpoint, useFipsEndpoint });
}
