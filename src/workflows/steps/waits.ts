import { durationText } from '../../domain/durations.js';
import type { AfterStep, PauseStep } from '../../domain/plan.js';
import type { TargetState } from '../state/targetState.js';
import { runAnalysis } from './analysis.js';
import { awaitApproval } from './approval.js';
import { decisionAt } from './decisionAt.js';
import { runWebhook } from './webhook.js';

/**
 * Waits where the file says so: for time, for a person, or for what another system decides.
 *
 * @param gate - the id under which it can be answered
 * @throws FailureError when the answer is no, or comes too late
 */
export async function waitAt(target: TargetState, gate: string, step: AfterStep): Promise<void> {
  switch (step.type) {
    case 'pause':
      return pause(target, gate, step);
    case 'approval':
      return awaitApproval(target, gate, step);
    case 'runWebhook':
      return runWebhook(target, gate, step);
    case 'analysis':
      return runAnalysis(target, gate, step);
    default:
      // What is forgotten here does not compile, and is not skipped in silence.
      return step satisfies never;
  }
}

/** What a wait is for, as a person would say it. */
export function waitText(gate: string, step: AfterStep): string {
  switch (step.type) {
    case 'pause':
      return `pausing for ${durationText(step.durationMs)}`;
    case 'approval':
      return `waiting for an approval at ${gate}`;
    case 'runWebhook':
      return `running the webhook ${step.webhook}`;
    case 'analysis':
      return 'analysing';
  }
}

async function pause(target: TargetState, id: string, { durationMs }: PauseStep): Promise<void> {
  const decision = await decisionAt(target, { id, kind: 'pause' }, durationMs);
  if (decision !== undefined) target.gates.record(decision);
}
