import { type Client, WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, TerminatedFailure } from '@temporalio/common';
import { type Failure, failureSentence } from '../domain/failures.js';
import type { Decision } from '../domain/gates.js';
import { DEPLOYMENT_FAILED } from '../domain/names.js';
import type { DeploymentOutcome } from '../domain/outcomes.js';

/** How a run ended: with an outcome, or with a reason why there is none. */
export type Ending = { outcome: DeploymentOutcome } | { problem: string };

/** Waits for the end of a run. */
export async function readEnding(
  client: Client,
  { workflowId, runId }: { workflowId: string; runId: string },
): Promise<Ending> {
  try {
    const result: unknown = await client.workflow.getHandle(workflowId, runId).result();
    return isOutcome(result) ? { outcome: result } : { problem: 'It returned no outcome.' };
  } catch (error) {
    if (error instanceof WorkflowFailedError) return endingOf(error.cause ?? error);
    throw error;
  }
}

function endingOf(cause: Error): Ending {
  const { type, details } = cause instanceof ApplicationFailure ? cause : {};
  const detail: unknown = details?.[0];
  if (type === DEPLOYMENT_FAILED && isOutcome(detail)) return { outcome: detail };
  if (cause instanceof TerminatedFailure) {
    return { problem: `It was terminated with the reason "${cause.message}".` };
  }
  return { problem: isFailure(detail) ? failureSentence(detail) : cause.message };
}

export function isOutcome(value: unknown): value is DeploymentOutcome {
  const {
    schemaVersion,
    counts,
    failures,
    decisions = [],
  } = (value ?? {}) as Partial<DeploymentOutcome>;
  return (
    schemaVersion === 1 &&
    typeof counts === 'object' &&
    Array.isArray(failures) &&
    Array.isArray(decisions) &&
    decisions.every(isDecision)
  );
}

/** It is shown, so its texts have to be texts. */
function isDecision(value: unknown): value is Decision {
  const { decision, at, by = '', comment = '' } = (value ?? {}) as Record<string, unknown>;
  return [decision, at, by, comment].every((text) => typeof text === 'string');
}

function isFailure(value: unknown): value is Failure {
  const { code, message } = (value ?? {}) as Partial<Failure>;
  return typeof code === 'string' && typeof message === 'string';
}
