import { defined } from '../../domain/defined.js';
import { durationText } from '../../domain/durations.js';
import type { Failure } from '../../domain/failures.js';
import { decisionText, type Decision } from '../../domain/gates.js';
import type { ApprovalStep } from '../../domain/plan.js';
import { expired } from '../state/gates.js';
import type { TargetState } from '../state/targetState.js';
import { FailureError } from '../temporal/failure.js';
import { decisionAt } from './decisionAt.js';

/** What is asked for. */
type ApprovalRequest = Omit<ApprovalStep, 'type'> & {
  /** A sentence, and lines below it. */
  about?: string;
};

/**
 * Waits until a person approves.
 *
 * @param id - the gate
 * @throws FailureError when somebody rejects it, or nobody approves in time
 */
export async function awaitApproval(
  target: TargetState,
  id: string,
  asked: ApprovalRequest,
): Promise<void> {
  const { expiresAfterMs, requiresRoles: roles, about } = asked;
  const gate = {
    id,
    kind: 'approval',
    ...(roles && { roles }),
    ...defined({ about }),
  } as const;
  const decision = (await decisionAt(target, gate, expiresAfterMs)) ?? expired(id);
  target.gates.record(decision);
  if (decision.decision === 'approved') return;
  throw new FailureError(refused(target, id, decision, expiresAfterMs ?? 0));
}

function refused(target: TargetState, gate: string, decision: Decision, limitMs: number): Failure {
  if (decision.decision !== 'expired') {
    return { code: 'approvalRejected', message: `${decisionText(decision)}.`, target: target.name };
  }
  const message = `${gate} was not approved within ${durationText(limitMs)}.`;
  return { code: 'approvalExpired', message, target: target.name };
}
