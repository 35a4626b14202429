import type { Plan } from '../domain/plan.js';
import { hasErrors } from './diagnostics.js';
import type { Finding } from './findings.js';
import { factsOfPlan } from './plan/facts.js';
import { planSchema } from './plan/schema.js';
import { reservedKeys } from './plan/reservedKeys.js';
import { printable } from '../domain/printable.js';
import { planSize } from './rules/limits.js';
import { checkRules } from './rules/list.js';
import { shapeFindings } from './shape/findings.js';
import { issuesOf } from './shape/issues.js';
import { placeText } from './shape/shape.js';

const MAX_PROBLEMS = 50;

/**
 * Checks a plan that was not made from a file, such as one that a service sent.
 *
 * @returns the plan, or sentences that begin with the place: `targets[2].strategy: There is no …`
 */
export function checkPlan(value: unknown): { plan: Plan } | { problems: string[] } {
  const result = planSchema.safeParse(value);
  if (!result.success) {
    const shape = { schema: planSchema, data: value };
    return { problems: problemsOf(shapeFindings(issuesOf(result.error), shape).findings) };
  }
  const plan = result.data;
  const findings = [
    ...reservedKeys(value),
    ...checkRules(factsOfPlan(plan), new Date()),
    ...planSize(plan),
  ];
  return hasErrors(findings) ? { problems: problemsOf(findings) } : { plan };
}

function problemsOf(findings: readonly Finding[]): string[] {
  const errors = findings.filter((finding) => finding.severity === 'error');
  const problems = errors.slice(0, MAX_PROBLEMS).map(problemText);
  const more = errors.length - problems.length;
  return more > 0 ? [...problems, `There are ${more} more problems.`] : problems;
}

function problemText({ place: { path }, message }: Finding): string {
  if (path.length === 0) return printable(message);
  const place = placeText(path);
  const rest = message.startsWith(`${place} `) ? message.slice(place.length + 1) : message;
  return printable(`${place}: ${rest}`);
}
