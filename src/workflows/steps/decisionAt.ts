import { condition } from '@temporalio/workflow';
import { defined } from '../../domain/defined.js';
import { durationText } from '../../domain/durations.js';
import type { Decision, OpenGate } from '../../domain/gates.js';
import { summaryText } from '../../domain/markdownText.js';
import type { Gate } from '../state/gates.js';
import type { TargetState } from '../state/targetState.js';
import { rejectIfCancelled } from '../temporal/cancellation.js';

/**
 * Opens a gate and waits at it. The work clock stands still meanwhile.
 *
 * @param limitMs - after which it closes by itself; without it, there is no end
 * @returns what was decided, or undefined when the time was up
 */
export async function decisionAt(
  target: TargetState,
  opening: Omit<OpenGate, 'openedAt' | 'deadline'>,
  limitMs: number | undefined,
): Promise<Decision | undefined> {
  const deadline = limitMs === undefined ? undefined : new Date(Date.now() + limitMs).toISOString();
  const gate = target.gates.enter({ ...opening, ...defined({ deadline }) });
  try {
    await target.clock.whileWaiting(() => untilDecided(gate, limitMs));
    await rejectIfCancelled();
    return gate.decision;
  } finally {
    target.gates.leave(gate);
  }
}

async function untilDecided(gate: Gate, limitMs: number | undefined): Promise<unknown> {
  const isDecided = (): boolean => gate.decision !== undefined;
  if (limitMs === undefined) return condition(isDecided);
  const what = gate.kind === 'pause' ? 'pause' : 'expiry of the approval';
  return condition(isDecided, limitMs, {
    summary: summaryText(`${gate.id}: ${what}, ${durationText(limitMs)}`),
  });
}
