import type { Failure } from '../../domain/failures.js';
import { inWords, type TargetOutcome, type TargetStatus } from '../../domain/outcomes.js';
import type { TargetPlan } from '../../domain/plan.js';
import { namesIn } from '../../domain/target.js';

/** The outcomes of targets that were never started, or whose workflow gave none. */

export function cancelled(target: TargetPlan): TargetOutcome {
  return untouched(target, 'cancelled', {
    code: 'cancelled',
    message: `The deployment was cancelled before ${target.name} started.`,
  });
}

export function blocked(target: TargetPlan, failure: Failure): TargetOutcome {
  return untouched(target, 'blocked', failure);
}

export function dependencyFailed(target: TargetPlan, failed: TargetOutcome[]): Failure {
  const causes = failed
    .map(({ target: name, status, failure }) => `${name} (${inWords(failure?.code ?? status)})`)
    .join(', ');
  return {
    code: 'dependencyFailed',
    message: `${target.name} was not deployed, because it depends on ${causes}.`,
  };
}

export function untouched(
  target: TargetPlan,
  status: TargetStatus,
  failure: Failure,
): TargetOutcome {
  const now = new Date().toISOString();
  return {
    target: target.name,
    status,
    failure: { target: target.name, ...failure },
    warnings: [],
    functions: namesIn(target).map((name) => ({ name, summary: 'was not touched' })),
    decisions: [],
    analyses: [],
    startedAt: now,
    endedAt: now,
  };
}
