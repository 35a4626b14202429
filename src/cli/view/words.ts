import type { RunState } from '../../client/report.js';
import type { TargetStatus } from '../../domain/outcomes.js';
import type { GateKind } from '../../domain/gates.js';
import type { DeploymentPhase, TargetPhase } from '../../domain/status.js';
import type { Described } from './model.js';

export const STATE_WORDS: Readonly<Record<Exclude<RunState, 'running'>, Described>> = {
  succeeded: { tone: 'good', text: 'succeeded' },
  rolledBack: { tone: 'rolledBack', text: 'rolled back' },
  failed: { tone: 'bad', text: 'failed' },
  cancelled: { tone: 'quiet', text: 'cancelled' },
  terminated: { tone: 'bad', text: 'terminated without a rollback' },
  timedOut: { tone: 'bad', text: 'timed out without a rollback' },
};

export const PHASE_WORDS: Readonly<Record<DeploymentPhase, Described>> = {
  checkingPlan: { tone: 'active', text: 'checking the plan' },
  resolvingPackages: { tone: 'active', text: 'looking at the packages' },
  deploying: { tone: 'active', text: 'deploying' },
  rollingBack: { tone: 'rolledBack', text: 'rolling back' },
  cancelling: { tone: 'rolledBack', text: 'cancelling' },
  ended: { tone: 'active', text: 'ending' },
};

/** What a deployment is while a target is at such a gate, the most important first. */
export const GATE_WORDS: Readonly<Record<GateKind, Described>> = {
  stuckRollback: { tone: 'bad', text: 'rollback stuck' },
  approval: { tone: 'held', text: 'awaiting approval' },
  pause: { tone: 'held', text: 'paused' },
  callback: { tone: 'held', text: 'awaiting a callback' },
};

/** What a deployment is that waits at such gates, or undefined where it waits at none. */
export function heldWords(gates: readonly { kind: string }[]): Described | undefined {
  const kinds = Object.keys(GATE_WORDS) as GateKind[];
  const kind = kinds.find((one) => gates.some((gate) => gate.kind === one));
  return kind && GATE_WORDS[kind];
}

export const TARGET_PHASE_WORDS: Readonly<Record<TargetPhase, Described>> = {
  beforeDeployment: { tone: 'held', text: 'waiting before the deployment' },
  waiting: { tone: 'held', text: 'waiting' },
  afterDeployment: { tone: 'held', text: 'waiting after the deployment' },
  checking: { tone: 'active', text: 'checking' },
  releasing: { tone: 'active', text: 'releasing' },
  shifting: { tone: 'active', text: 'shifting traffic' },
  promoting: { tone: 'active', text: 'promoting' },
  rollingBack: { tone: 'rolledBack', text: 'rolling back' },
  rollbackStuck: { tone: 'bad', text: 'rollback stuck' },
  ended: { tone: 'active', text: 'ending' },
};

export const STATUS_WORDS: Readonly<Record<TargetStatus, Described>> = {
  deployed: { tone: 'good', text: 'deployed' },
  unchanged: { tone: 'good', text: 'unchanged' },
  rolledBack: { tone: 'rolledBack', text: 'rolled back' },
  rollbackFailed: { tone: 'bad', text: 'rollback failed' },
  blocked: { tone: 'bad', text: 'blocked' },
  cancelled: { tone: 'quiet', text: 'cancelled' },
};

/** The words for a key. A newer worker may answer with one that is not known here. */
export function wordsFor(words: Readonly<Record<string, Described>>, key: string): Described {
  return words[key] ?? { tone: 'active', text: key };
}

/** How a target ended. What is live may be as wanted, and yet something after it have failed. */
export function endWords(status: TargetStatus, failed: boolean): Described {
  const words = wordsFor(STATUS_WORDS, status);
  if (!failed || words.tone !== 'good') return words;
  return { tone: 'bad', text: `${words.text} with a failure` };
}

/** `1 target`, `2 targets`. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** `0:42`, `12:05`, `1:02:03`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = String(seconds % 60).padStart(2, '0');
  return hours === 0
    ? `${minutes}:${rest}`
    : `${hours}:${String(minutes).padStart(2, '0')}:${rest}`;
}

/** A moment in ISO 8601, without its fractions of a second. */
export function momentText(at: string): string {
  return at.replace(/\.\d+Z$/, 'Z');
}

/** The time between two moments in ISO 8601. */
export function timeBetween(startedAt: string, endedAt: string): string {
  return durationText(Date.parse(endedAt) - Date.parse(startedAt));
}
