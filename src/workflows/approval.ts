import { durationText } from '../domain/durations.js';
import type { Failure } from '../domain/failures.js';
import { decisionText, type Decision } from '../domain/gates.js';
import type { ApprovalStep } from '../domain/plan.js';
import { decisionAt } from './decisionAt.js';
import { FailureError } from './failure.js';
import { expired } from './gates.js';
import type { TargetRun } from './targetRun.js';

/** What is asked for. */
type Asked = Omit<ApprovalStep, 'type'> & {
  /** Lines of Markdown. */
  about?: string;
};

/**
 * Waits until a person approves.
 *
 * @param id - the gate
 * @throws FailureError when somebody rejects it, or nobody approves in time
 */
export async function awaitApproval(run: TargetRun, id: string, asked: Asked): Promise<void> {
  const { expiresAfterMs, requiresRoles: roles, about } = asked;
  const gate = {
    id,
    kind: 'approval',
    ...(roles && { roles }),
    ...(about !== undefined && { about }),
  } as const;
  const decision = (await decisionAt(run, gate, expiresAfterMs)) ?? expired(id);
  run.gates.record(decision);
  if (decision.decision === 'approved') return;
  throw new FailureError(refused(run, id, decision, expiresAfterMs ?? 0));
}

function refused(run: TargetRun, gate: string, decision: Decision, limitMs: number): Failure {
  const { target } = run.input;
  if (decision.decision !== 'expired') {
    return { code: 'approvalRejected', message: `${decisionText(decision)}.`, target };
  }
  const message = `${gate} was not approved within ${durationText(limitMs)}.`;
  return { code: 'approvalExpired', message, target };
}
