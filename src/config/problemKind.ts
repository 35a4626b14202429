import type { Severity } from './diagnostics.js';

/** What somebody may want to know of a kind of problem. */
export interface Explanation {
  /** Why it is one: sentences. */
  reason: string;
  /** YAML that has the problem: a part of a file, unless `whole`. */
  wrong: string;
  /** The same without it. */
  right: string;
  /** Whether the examples are whole texts, and not parts to be laid over a deployment. */
  whole?: true;
  /** Whether the examples are cut short with `…`: the problem is how much there is, or in several files. */
  abridged?: true;
}

/** A kind of problem that a deployment file may have. */
export interface ProblemKind extends Explanation {
  /** Stable, in kebab-case. */
  code: string;
  /** @default 'error' */
  severity?: Severity;
  /** Whether the JSON Schema refuses it too, so that an editor shows it. */
  inEditor?: true;
}
