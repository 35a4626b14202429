import type { Failure } from './failures.js';
import type { TargetPlan } from './plan.js';
import type { WideChange } from './preflight.js';

/** What an account has of concurrency in a region. */
export interface Concurrency {
  /** How many invocations may run at once. */
  limit: number;
  /** How many of them no function has reserved. */
  unreserved: number;
}

/**
 * AWS keeps so many for functions that reserve none, and all where an account has fewer: its message
 * names the number, https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
const KEPT = 100;

/** How much more would be reserved for a function; less than 0 where less would be. */
export function reservedMore(changes: readonly WideChange[] = []): number {
  const change = changes.find(({ name }) => name === 'reservedConcurrency');
  return numberOf(change?.after) - numberOf(change?.before);
}

function numberOf(reserved: unknown): number {
  return typeof reserved === 'number' ? reserved : 0;
}

/**
 * The problem of a target for whose functions an account has too little concurrency to reserve;
 * undefined where it has enough, or where nobody knows.
 *
 * @param more - how much more would be reserved, for all functions of the target
 */
export function noConcurrency(
  more: number,
  account: Concurrency | undefined,
  { name, region }: Pick<TargetPlan, 'name' | 'region'>,
): Failure | undefined {
  if (account === undefined || more <= 0) return undefined;
  const { limit, unreserved } = account;
  const kept = Math.min(KEPT, limit);
  if (unreserved - more >= kept) return undefined;
  return {
    code: 'settingsRejected',
    message: `The functions of ${name} would reserve ${more} more of the concurrency of the account in ${region}, of which ${unreserved} of ${limit} are not reserved, and AWS keeps ${kept} for functions that reserve none.`,
    remedy:
      'Reserve less, or have AWS raise the quota "Concurrent executions" (Service Quotas, AWS Lambda).',
    target: name,
  };
}
