import type { Severity } from '../diagnostics.js';
import type { Breach } from '../findings.js';
import type { Facts } from './facts.js';

/** One thing that must hold of a deployment. */
export interface Rule {
  /** Stable, in kebab-case. */
  code: string;
  /** @default 'error' */
  severity?: Severity;
  breaches: (facts: Facts) => Iterable<Breach>;
}
