import { ApplicationFailure } from '@temporalio/common';
import type { Failure } from '../../domain/failures.js';
import {
  PREFLIGHT_CHECKS,
  type Findings,
  type PreflightCheck,
  type PreflightWarning,
} from '../../domain/preflight.js';

/** A message that AWS fills with a whole policy must not fill the result. In characters. */
const MAX_MESSAGE = 600;

export const NOTHING: Findings = { problems: [], warnings: [] };

export function problem(failure: Failure): Findings {
  return { problems: [short(failure)], warnings: [] };
}

export function warning(found: PreflightWarning): Findings {
  return { problems: [], warnings: [found] };
}

export function together(findings: readonly Findings[]): Findings {
  return {
    problems: findings.flatMap(({ problems }) => problems),
    warnings: findings.flatMap(({ warnings }) => warnings),
  };
}

/**
 * Does one check that a deployment does not need. What AWS refuses for good, mostly because the role
 * may not read it, is told as not checked; what may pass is tried again.
 */
export async function unlessRefused(
  check: PreflightCheck,
  look: () => Promise<Findings>,
): Promise<Findings> {
  try {
    return await look();
  } catch (error) {
    return warning(notChecked(check, failureOf(error).message));
  }
}

/** Does one check; what AWS refuses for good is what the deployment would fail with. */
export async function orProblem(look: () => Promise<Findings>): Promise<Findings> {
  try {
    return await look();
  } catch (error) {
    return problem(failureOf(error));
  }
}

/** The first three of some names, and how many more there are. */
export function someOf(names: readonly string[]): string {
  const first = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${first} and ${names.length - 3} more` : first;
}

export function notChecked(check: PreflightCheck, why: string): PreflightWarning {
  const message = `Could not be checked: ${PREFLIGHT_CHECKS[check]}. ${why}`;
  return { code: 'notChecked', message: cut(message), check };
}

/** Of what is final; everything else is thrown again, for Temporal to try once more. */
function failureOf(error: unknown): Failure {
  if (!(error instanceof ApplicationFailure) || error.nonRetryable !== true) throw error;
  return error.details?.[0] as Failure;
}

export function short(failure: Failure): Failure {
  return { ...failure, message: cut(failure.message) };
}

function cut(text: string): string {
  return text.length <= MAX_MESSAGE ? text : `${text.slice(0, MAX_MESSAGE - 1)}…`;
}
