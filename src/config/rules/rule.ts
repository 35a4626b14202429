import type { Breach } from '../findings.js';
import type { ProblemKind } from '../problemKind.js';
import type { Facts } from './facts.js';

/** One thing that must hold of a deployment. */
export interface Rule extends ProblemKind {
  /** @param now - for what depends on AWS's dates */
  breaches: (facts: Facts, now: Date) => Iterable<Breach>;
}
