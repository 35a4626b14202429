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
}

export interface TargetView {
  name: string;
  /** Account and region. */
  place: string;
  state: Described;
  functions: FunctionView[];
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
}

/** What a symbol and a colour say. */
export type Tone = 'waiting' | 'active' | 'good' | 'rolledBack' | 'bad' | 'quiet';

export interface Described {
  tone: Tone;
  text: string;
}
