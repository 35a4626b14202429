import { CancellationScope, condition } from '@temporalio/workflow';
import { durationText } from '../domain/durations.js';
import { decisionText, type Decision } from '../domain/gates.js';
import type { AfterStep, ApprovalStep, PauseStep } from '../domain/plan.js';
import { deciding } from './activities.js';
import { FailureError } from './failure.js';
import { expired, type Gate } from './gates.js';
import type { TargetRun } from './targetRun.js';

/**
 * Waits where the file says so: for time, for a person, or for what another system decides.
 *
 * @param gate - the id under which it can be answered
 * @throws FailureError when the answer is no, or comes too late
 */
export async function waitAt(run: TargetRun, gate: string, step: AfterStep): Promise<void> {
  switch (step.type) {
    case 'pause':
      return pause(run, gate, step);
    case 'approval':
      return awaitApproval(run, gate, step);
    case 'runWebhook':
      return deciding(`webhook ${step.webhook}`).runWebhook({ ...run.access, gate, step });
    case 'analysis':
      return deciding(`analysis at ${gate}`).runAnalysis({ ...run.access, gate, step });
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

async function pause(run: TargetRun, id: string, { durationMs }: PauseStep): Promise<void> {
  const deadline = fromNow(durationMs);
  const decision = await decisionAt(run, { id, kind: 'pause', deadline }, durationMs);
  if (decision !== undefined) run.gates.record(decision);
}

async function awaitApproval(run: TargetRun, id: string, step: ApprovalStep): Promise<void> {
  const { expiresAfterMs, requiresRoles: roles } = step;
  const deadline = expiresAfterMs === undefined ? undefined : fromNow(expiresAfterMs);
  const gate = {
    id,
    kind: 'approval',
    ...(deadline && { deadline }),
    ...(roles && { roles }),
  } as const;
  const decision = (await decisionAt(run, gate, expiresAfterMs)) ?? expired(id);
  run.gates.record(decision);
  if (decision.decision === 'approved') return;
  throw new FailureError(refused(run, id, decision, expiresAfterMs ?? 0));
}

/** @returns what was decided, or undefined when the time was up */
async function decisionAt(
  run: TargetRun,
  opening: Parameters<TargetRun['gates']['enter']>[0],
  limitMs: number | undefined,
): Promise<Decision | undefined> {
  const gate = run.gates.enter(opening);
  try {
    await run.clock.whileWaiting(() => untilDecided(gate, limitMs));
    await assertNotCancelled();
    return gate.decision;
  } finally {
    run.gates.leave(gate);
  }
}

/** A cancellation wins over a decision that nobody has acted on yet. */
async function assertNotCancelled(): Promise<void> {
  const scope = CancellationScope.current();
  if (scope.consideredCancelled) await scope.cancelRequested;
}

async function untilDecided(gate: Gate, limitMs: number | undefined): Promise<unknown> {
  const isDecided = (): boolean => gate.decision !== undefined;
  if (limitMs === undefined) return condition(isDecided);
  const what = gate.kind === 'pause' ? 'pause' : 'expiry of the approval';
  return condition(isDecided, limitMs, {
    summary: `${gate.id}: ${what}, ${durationText(limitMs)}`,
  });
}

function refused(
  run: TargetRun,
  gate: string,
  decision: Decision,
  limitMs: number,
): FailureError['failure'] {
  const { target } = run.input;
  if (decision.decision !== 'expired') {
    return { code: 'approvalRejected', message: `${decisionText(decision)}.`, target };
  }
  const message = `${gate} was not approved within ${durationText(limitMs)}.`;
  return { code: 'approvalExpired', message, target };
}

function fromNow(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}
