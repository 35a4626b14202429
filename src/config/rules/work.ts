import { MAX_AT_ONCE_BYTES, tooMuchWork } from '../../domain/fanOut.js';
import type { Plan, TargetPlan } from '../../domain/plan.js';
import { printable } from '../../domain/printable.js';
import type { Finding } from '../findings.js';
import type { Path } from '../path.js';
import type { ProblemKind } from '../problemKind.js';

export const TOO_MUCH_AT_ONCE: ProblemKind = {
  code: 'too-much-at-once',
  reason: `Steps that run side by side are sent to Temporal in one message, of at most ${MAX_AT_ONCE_BYTES / 1024 / 1024} MiB, and Temporal would end a deployment that sends more, without a rollback. Each has its webhook or its queries, and what these use of the context.`,
  wrong: `targets:
  production:
    constraints:
      afterDeployment:
        - {runWebhook: {name: tests, context: {report: a long text …}}}
        # … a hundred of them`,
  right: `targets:
  production:
    constraints:
      afterDeployment:
        - {runWebhook: {name: tests, context: {report: short}}}`,
  abridged: true,
};

/**
 * What of a plan would be too much for Temporal while it is deployed: found before anything begins.
 *
 * @param pathOf - where a target is written
 */
export function planWork(plan: Plan, pathOf: (target: TargetPlan) => Path): Finding[] {
  const found = tooMuchWork(plan);
  if (found === undefined) return [];
  const { target, message, remedy } = found;
  const path = target === undefined ? [] : pathOf(target);
  return [
    {
      code: TOO_MUCH_AT_ONCE.code,
      severity: 'error',
      place: { path, part: 'key' },
      message: printable(message),
      remedy,
    },
  ];
}
