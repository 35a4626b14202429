import { defined } from '../domain/defined.js';
import type { Plan } from '../domain/plan.js';
import { hasErrors, type Problem } from './diagnostics.js';
import type { Finding } from './findings.js';
import { planOf } from './plan/planOf.js';
import type { Facts } from './rules/facts.js';
import { planSize } from './rules/limits.js';
import { checkRules } from './rules/list.js';
import { onlyAsked } from './rules/onlyAsked.js';
import { planWork } from './rules/work.js';
import type { Adjustments } from './written/adjustments.js';
import { factsOfFile } from './written/facts.js';
import { readWritten } from './written/readWritten.js';

export interface ReadOptions extends Adjustments {
  /** The id that the deployment will have: a UUID. */
  deploymentId: string;
  /**
   * For what depends on AWS's dates.
   *
   * @default the present time
   */
  now?: Date;
}

/** What stands in a deployment file, as plain data. */
interface Content {
  data: unknown;
  /** In the order of the file, which plain data loses for names like numbers. */
  targetNames: string[];
  /** What was wrong with the text. */
  faults?: readonly Problem[];
  /** Whether a value is in a file that others include as well. */
  isIncluded?: Facts['isIncluded'];
}

/** The plan, unless something is wrong, and what the rules find. */
export function meaningOf(
  { data, targetNames, faults = [], isIncluded }: Content,
  { deploymentId, now = new Date(), ...asked }: ReadOptions,
): { plan: Plan | undefined; findings: Finding[] } {
  const { written, draft, findings: shape } = readWritten(data);
  if (draft === undefined) return { plan: undefined, findings: shape };
  const facts = onlyAsked({
    ...factsOfFile({ draft, written }, asked),
    ...defined({ isIncluded }),
  });
  const findings = [...shape, ...checkRules(facts, now)];
  const wrong = written === undefined || hasErrors([...faults, ...findings]);
  if (wrong) return { plan: undefined, findings };
  const plan = planOf(written, { deploymentId, asked, targetNames });
  const size = planSize(plan);
  const tooMuch = size.length > 0 ? size : planWork(plan, ({ name }) => ['targets', name]);
  return tooMuch.length > 0
    ? { plan: undefined, findings: [...findings, ...tooMuch] }
    : { plan, findings };
}
