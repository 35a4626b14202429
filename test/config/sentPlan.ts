import { checkPlan } from '../../src/config/index.js';
import { planOf, SHOP } from './support.js';

/** The example's plan as a service might send it, with one value replaced. */
export function planWith(path: string, value: unknown): unknown {
  const plan: unknown = JSON.parse(JSON.stringify(planOf(SHOP)));
  const keys = path.split('.');
  let holder = plan as Record<string, unknown>;
  for (const key of keys.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
  if (value === undefined) Reflect.deleteProperty(holder, keys.at(-1) ?? '');
  else holder[keys.at(-1) ?? ''] = value;
  return plan;
}

/** What is said of it. */
export function problemsOf(value: unknown): string[] {
  const result = checkPlan(value);
  return 'problems' in result ? result.problems : [];
}
