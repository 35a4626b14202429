/** What a text view shows: everything in words already, nothing yet in columns and colours. */
export interface DeploymentView {
  application: string;
  state: Described;
  /** How many targets are done, while it runs and has several. */
  count?: string;
  /** Who, which commit, which id. */
  facts: string[];
  /** ISO 8601. */
  startedAt: string;
  /** ISO 8601. */
  endedAt?: string;
  targets: TargetView[];
  /** What somebody should know while it lasts. */
  notices: Notice[];
  /** How it ended, when it has: counts, and the failures no target shows. */
  ending?: { summary: string; failures: string[] };
}

/** Both are sentences. */
export interface Notice {
  text: string;
  /** What there is to say when it is over, if anything. */
  over?: string;
  /** It happened and is no state that lasts: a log says it once. */
  once?: true;
}

export interface TargetView {
  name: string;
  /** Account and region. */
  place: string;
  state: Described;
  functions: FunctionView[];
  /** Where it waits for a person or for time. */
  gates: GateView[];
  /** What was measured, and what holds it up. */
  findings: string[];
  /** What people decided, and what nobody decided in time. */
  decisions: string[];
  /** Failures and warnings, in sentences. */
  remarks: string[];
  /** How long it took, once it has ended. */
  duration?: string;
}

export interface FunctionView {
  name: string;
  /** What is live of it, in words. */
  text: string;
  /** Nothing has been done to it yet. */
  untouched?: true;
  /** How the traffic is split, in percent on the new version: for a bar. */
  traffic?: { actual: number; wanted: number };
}

export interface GateView {
  /** What it waits for, and until when. */
  text: string;
  /** ISO 8601. The time until then is shown where it can move. */
  deadline?: string;
  answers: AnswerView[];
}

export interface AnswerView {
  /** `To approve`. */
  purpose: string;
  /** For a POSIX shell. */
  command: string;
}

/**
 * What a symbol and a colour say. What is `waiting` has not begun; what is `held` is in the middle,
 * and waits for a person, for time or for another system.
 */
export type Tone = 'waiting' | 'active' | 'held' | 'good' | 'rolledBack' | 'bad' | 'quiet';

export interface Described {
  tone: Tone;
  text: string;
}
