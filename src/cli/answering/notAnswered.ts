import type { Answered, WaitingGate } from '../../client.js';
import { defined } from '../../domain/defined.js';
import { type ErrorCode, messageOf, SluiceError } from '../../errors.js';
import { oneLine } from '../view/text.js';
import type { Answering } from './choices.js';

/** A gate that was to be answered and was not: somebody else was quicker, say. */
export interface NotAnswered {
  application: string;
  /** Absent when whoever started the deployment recorded none. */
  deploymentId?: string;
  gate: string;
  code: ErrorCode | 'internal';
  /** Why, in sentences. */
  message: string;
}

/** What came of the answer to a gate. */
export type Attempt = { gate: WaitingGate } & ({ answered: Answered } | { error: unknown });

/** The gates that were to be answered and were not. */
export function failuresIn(attempts: readonly Attempt[], answering: Answering): NotAnswered[] {
  return attempts.flatMap((attempt) => {
    if ('answered' in attempt || isClosedWithOthers(attempt, attempts, answering)) return [];
    return [notAnswered(attempt.gate, attempt.error)];
  });
}

/** One rejection ends its target's work, and closes the other gates that the target has open. */
function isClosedWithOthers(
  { gate, error }: { gate: WaitingGate; error: unknown },
  attempts: readonly Attempt[],
  { command, success }: Answering,
): boolean {
  const ends = command === 'reject' || success === false;
  const isRefusal = error instanceof SluiceError && error.code === 'notAccepted';
  const isBeside = (other: WaitingGate) =>
    other.target === gate.target && other.deployment.runId === gate.deployment.runId;
  return ends && isRefusal && attempts.some((one) => 'answered' in one && isBeside(one.gate));
}

function notAnswered({ id, deployment }: WaitingGate, error: unknown): NotAnswered {
  const { application, deploymentId } = deployment;
  return {
    application,
    ...defined({ deploymentId }),
    gate: id,
    code: error instanceof SluiceError ? error.code : 'internal',
    message: messageOf(error),
  };
}

export function notAnsweredText({ application, gate, message }: NotAnswered): string {
  return oneLine(`${application}: ${gate} was not answered: ${message}`);
}
