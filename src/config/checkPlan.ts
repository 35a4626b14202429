import type { Plan } from '../domain/plan.js';
import { hasErrors } from './diagnostics.js';
import type { Finding } from './findings.js';
import { factsOfPlan } from './plan/facts.js';
import { planSchema } from './plan/schema.js';
import { reservedKeys } from './plan/reservedKeys.js';
import { printable } from '../domain/printable.js';
import { planSize } from './rules/limits.js';
import { checkRules } from './rules/list.js';
import { planWork } from './rules/work.js';
import { shapeFindings } from './shape/findings.js';
import { firstIssues } from './shape/firstIssues.js';
import { placeText } from './shape/shape.js';

const MAX_PROBLEMS = 50;

/** The longest problem, in characters. */
const LONGEST_PROBLEM = 500;

/**
 * Checks a plan that was not made from a file, such as one that a service sent. What it costs is
 * bounded by the plan's size, which is looked at first, whatever the plan is.
 *
 * @returns the plan, or sentences that begin with the place: `targets[2].strategy: There is no …`
 */
export function checkPlan(value: unknown): { plan: Plan } | { problems: string[] } {
  const size = planSize(value);
  if (size.length > 0) return { problems: problemsOf(size) };
  // Not the schema as a whole: it cannot hold the mistakes of a list that has very many.
  const shape = shapeProblems(value);
  if (shape.length > 0) return { problems: problemsOf(shape, false) };
  const plan = planSchema.parse(value);
  const findings = [...reservedKeys(value), ...checkRules(factsOfPlan(plan), new Date())];
  if (hasErrors(findings)) return { problems: problemsOf(findings) };
  const work = planWork(plan, (target) => ['targets', plan.targets.indexOf(target)]);
  return work.length > 0 ? { problems: problemsOf(work) } : { plan };
}

function shapeProblems(data: unknown): Finding[] {
  const shape = { schema: planSchema, data };
  return shapeFindings(firstIssues(planSchema, data, MAX_PROBLEMS + 1), shape).findings;
}

/** @param isAll - false when more than can be told was not looked for */
function problemsOf(findings: readonly Finding[], isAll = true): string[] {
  const errors = findings.filter((finding) => finding.severity === 'error');
  const problems = errors.slice(0, MAX_PROBLEMS).map(problemText);
  const more = errors.length - problems.length;
  if (more === 0) return problems;
  return [...problems, isAll ? `There are ${more} more problems.` : 'There are more problems.'];
}

function problemText({ place: { path }, message }: Finding): string {
  if (path.length === 0) return cut(message);
  const place = placeText(path);
  const rest = message.startsWith(`${place} `) ? message.slice(place.length + 1) : message;
  return cut(`${place}: ${rest}`);
}

function cut(text: string): string {
  const shown = text.length > LONGEST_PROBLEM ? `${text.slice(0, LONGEST_PROBLEM)}…` : text;
  return printable(shown);
}
