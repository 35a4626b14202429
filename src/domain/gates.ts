import { inOneLine } from './markdown.js';
import { NAMES } from './naming.js';
import { MAX_STEPS } from './plan.js';

/**
 * A gate is where a target waits: for a person, for time, for a callback, or for a stuck rollback to
 * be mended.
 */

export const GATE_KINDS = ['approval', 'pause', 'callback', 'stuckRollback'] as const;

/**
 * What a gate waits for.
 *
 * - `approval`: a person decides.
 * - `pause`: time passes, unless a person skips it.
 * - `callback`: another system answers, or a person in its place.
 * - `stuckRollback`: a rollback cannot go on until something is mended, or a person gives it up.
 */
export type GateKind = (typeof GATE_KINDS)[number];

/** A gate that something waits at now. */
export interface OpenGate {
  /** `<target>/before/1`, `<target>/steps/3`, `<target>/after/1` or `<target>/rollback`. */
  id: string;
  kind: GateKind;
  /** ISO 8601. */
  openedAt: string;
  /**
   * When it closes by itself: an approval then counts as refused, a callback as missing, and a pause
   * is over. ISO 8601.
   */
  deadline?: string;
  /** What is to be decided about, where the gate does not say it: a sentence, and lines below it. */
  about?: string;
  /** Who may approve: one of these roles. */
  roles?: string[];
}

/** Where nothing goes on unless a person decides. Time ends pauses, and other systems call back. */
const FOR_PEOPLE: readonly string[] = ['approval', 'stuckRollback'] satisfies GateKind[];

/** Whether a gate waits for a person. A newer worker may have kinds that nobody knows here. */
export function waitsForPerson({ kind }: { kind: string }): boolean {
  return FOR_PEOPLE.includes(kind);
}

/** The order in which gates are to be looked at: the next deadline first, then the oldest. */
export function byUrgency(one: OpenGate, other: OpenGate): number {
  return (
    timeOf(one.deadline) - timeOf(other.deadline) ||
    timeOf(one.openedAt) - timeOf(other.openedAt) ||
    one.id.localeCompare(other.id)
  );
}

/** What has no deadline, or none that is a time, comes last. */
function timeOf(at = ''): number {
  const time = Date.parse(at);
  return Number.isNaN(time) ? Number.MAX_VALUE : time;
}

/** The lists of steps that a target has, by the names that gates have. */
export type StepList = 'before' | 'steps' | 'after';

/** @param number - of the step in its list, from 1 on */
export function gateId(target: string, list: StepList, number: number): string {
  return `${target}/${list}/${number}`;
}

/** The longest id of a gate, in characters (code points). */
export const MAX_GATE_LENGTH = NAMES.target.maxLength + gateId('', 'before', MAX_STEPS).length;

export function rollbackGateId(target: string): string {
  return `${target}/rollback`;
}

/** The target that a gate belongs to, or undefined when the text is no gate's id. */
export function targetOfGate(id: string): string | undefined {
  return /^(.+)\/(?:(?:before|steps|after)\/\d+|rollback)$/.exec(id)?.[1];
}

/** What became of a gate, or what an operator did to a target, and who it was. */
export interface Decision {
  decision: keyof typeof DECIDED;
  /** Absent where it concerns the target as a whole. */
  gate?: string;
  /** ISO 8601. */
  at: string;
  /** The person, as the message names them. */
  by?: string;
  /** The role in which they decided, as the message names it. */
  role?: string;
  /** Why, in their own words, or what a callback says: Markdown. */
  comment?: string;
  /** How often in a row, where it was more than once; the rest is of the last time. */
  times?: number;
  /**
   * How it is known who decided.
   *
   * - `claimed`: the message says so. Temporal decides who may send messages, and its history keeps
   *   who sent each; the name in it is not checked.
   * - `unnamed`: the message names nobody.
   * - `timer`: nobody decided; the time was up.
   */
  known: 'claimed' | 'unnamed' | 'timer';
}

/** A message that changed nothing, and why. */
export interface IgnoredMessage {
  /** ISO 8601. */
  at: string;
  /** The name of the signal. */
  verb: string;
  /** A sentence. */
  reason: string;
}

const DECIDED = {
  approved: 'was approved',
  rejected: 'was rejected',
  expired: 'expired',
  skipped: 'was skipped',
  succeeded: 'succeeded',
  failed: 'failed',
  rollback: 'A rollback was asked for',
  cancelled: 'A cancellation was asked for',
  retried: 'was tried again',
  abandoned: 'was abandoned',
} as const;

/** How much of a comment stands in a line, in characters. */
const MAX_SAID = 300;

/** One line for a person: `prod/steps/2 was approved by alice (sre): looks good`. */
export function decisionText({ decision, gate, by, role, comment, times }: Decision): string {
  const who = by === undefined ? '' : ` by ${by}`;
  const as = role === undefined ? '' : ` (${role})`;
  const why = comment === undefined ? '' : `: ${inOneLine(comment, MAX_SAID)}`;
  const what = gate === undefined ? '' : `${gate} `;
  const often = times === undefined ? '' : ` ${times} times, last`;
  return `${what}${DECIDED[decision]}${often}${who}${as}${why}`;
}
