import type { Measurement, MeasuringProblem } from '../domain/analysis.js';
import type { Encoder } from '../domain/filling.js';
import type { TargetAccess } from '../domain/target.js';
import type { Window } from '../domain/variableValues.js';

/** One query, as a provider is asked it. */
export interface Question {
  /** In the provider's own language, with every variable filled in. */
  query: string;
  window: Window;
  /** For whom it is asked. */
  access: TargetAccess;
  /** Whether an answer may be quoted: what is asked may repeat a secret of the query. */
  quotable: boolean;
  signal: AbortSignal;
}

/** A system that knows metrics. */
export interface Provider {
  /** Makes the values of one query fit; it throws NoNumber where a value cannot stand. */
  encoder(): Encoder;
  /**
   * The one number that a query gives.
   *
   * @throws NoNumber when there is none
   * @throws ApplicationFailure, not retryable, when the deploy role cannot be used
   */
  ask(question: Question): Promise<number>;
}

/** Why there is no number. Its message is a sentence without its full stop. */
export class NoNumber extends Error {
  constructor(
    readonly problem: MeasuringProblem,
    message: string,
  ) {
    super(message);
  }
}

/** What came of something that gives a number. */
export async function measured(number: () => Promise<number>): Promise<Measurement> {
  try {
    return { value: await number() };
  } catch (error) {
    return problemOf(error);
  }
}

/** Why there is no number, as data; every other error is thrown on. */
export function problemOf(error: unknown): Measurement {
  if (error instanceof NoNumber) return { problem: error.problem, message: error.message };
  throw error;
}
