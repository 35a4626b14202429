import { defined } from './defined.js';
import { inOneLine } from './markdown.js';
import type { OnNoData, Query } from './plan.js';

/**
 * Why a query has no answer.
 *
 * - `noData`: nothing was measured: an empty result, null or NaN.
 * - `infinite`: an infinite value, such as a division by zero.
 * - `severalSeries`: more than one number.
 * - `refused`: the provider does not accept the query or the credentials.
 * - `unavailable`: the provider did not answer, or answered with an error of its own.
 */
export const MEASURING_PROBLEMS = [
  'noData',
  'infinite',
  'severalSeries',
  'refused',
  'unavailable',
] as const;
export type MeasuringProblem = (typeof MEASURING_PROBLEMS)[number];

/** What a query answered in one run. */
export type Measurement =
  | { value: number }
  | {
      problem: MeasuringProblem;
      /** A sentence for a person. */
      message: string;
    };

/**
 * What the numbers say.
 *
 * - `passed`: every average is within its limits.
 * - `failed`: one is not.
 * - `inconclusive`: a query had no answer. Nothing is promoted because of it.
 */
export type Verdict = 'passed' | 'failed' | 'inconclusive';

/** An analysis, as it is or as it ended. */
export interface AnalysisReport {
  /** The step's. */
  gate: string;
  /** How often the queries have been run. */
  run: number;
  /** How often they are to be run. */
  of: number;
  /** Absent while it goes on. */
  verdict?: Verdict;
  /** Those with trouble first, at most 50. */
  queries: QueryReport[];
}

/** One query's numbers, of one function where the target has several and the query tells them apart. */
export interface QueryReport {
  query: string;
  function?: string;
  provider: string;
  lowerLimit?: number;
  upperLimit?: number;
  /** The last ten, the newest last. */
  values: number[];
  /** Of all values. */
  average?: number;
  /** How many runs found no data, and count as good because `onNoData` says so. */
  withoutData: number;
  /** Why it has no answer. */
  problem?: string;
  /** As it would be now. */
  verdict: Verdict;
}

/** The longest reason that is kept, in characters. */
const MAX_PROBLEM = 400;

export const MAX_REPORTED_QUERIES = 50;
export const MAX_REPORTED_VALUES = 10;

/** Whom a query is asked, and about which function. */
export interface AskedQuery {
  query: string;
  function?: string;
  provider: string;
}

/** Collects what one query answers, run after run, and judges it. */
export class Judgement {
  #sum = 0;
  #count = 0;
  #withoutData = 0;
  #problem: string | undefined;
  readonly #values: number[] = [];

  constructor(
    private readonly asked: AskedQuery,
    private readonly query: Pick<Query, 'lowerLimit' | 'upperLimit' | 'onNoData'>,
  ) {}

  add(measurement: Measurement): void {
    if ('value' in measurement) {
      this.#sum += measurement.value;
      this.#count += 1;
      this.#values.push(measurement.value);
      if (this.#values.length > MAX_REPORTED_VALUES) this.#values.shift();
    } else if (isGood(measurement.problem, this.query.onNoData)) {
      this.#withoutData += 1;
    } else {
      this.#problem = inOneLine(measurement.message, MAX_PROBLEM);
    }
  }

  /** The average counts; a run without an answer cannot be made up for by others. */
  get verdict(): Verdict {
    if (this.#problem !== undefined) return 'inconclusive';
    return this.#average === undefined || this.#isWithin(this.#average) ? 'passed' : 'failed';
  }

  /** Whether the last run alone is outside the limits. */
  get lastFailed(): boolean {
    const last = this.#values.at(-1);
    return last !== undefined && !this.#isWithin(last);
  }

  get report(): QueryReport {
    const { lowerLimit, upperLimit } = this.query;
    return {
      ...this.asked,
      ...defined({ lowerLimit, upperLimit }),
      values: [...this.#values],
      ...defined({ average: this.#average }),
      withoutData: this.#withoutData,
      ...defined({ problem: this.#problem }),
      verdict: this.verdict,
    };
  }

  get #average(): number | undefined {
    return this.#count === 0 ? undefined : this.#sum / this.#count;
  }

  #isWithin(value: number): boolean {
    const { lowerLimit = -Infinity, upperLimit = Infinity } = this.query;
    return value >= lowerLimit && value <= upperLimit;
  }
}

/** Only that there is nothing to measure can be good; everything else is a fault of the question. */
export function isGood(problem: MeasuringProblem, onNoData: OnNoData): boolean {
  return problem === 'noData' && onNoData === 'pass';
}

/** The worst of several: what failed has failed whatever else has no answer. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('failed')) return 'failed';
  return verdicts.includes('inconclusive') ? 'inconclusive' : 'passed';
}

/** `error-rate of orders: 0.4 on average, not within 0 and 0.1`. */
export function queryText(report: QueryReport): string {
  const { query, function: of, average, problem, withoutData, verdict } = report;
  const what = of === undefined ? query : `${query} of ${of}`;
  if (problem !== undefined) return `${what}: ${problem}`;
  const without = withoutData === 0 ? '' : `, ${timesText(withoutData)} without data`;
  if (average === undefined) return `${what}: no number yet${without}`;
  const within = verdict === 'failed' ? 'not within' : 'within';
  return `${what}: ${numberText(average)} on average, ${within} ${limitsText(report)}${without}`;
}

function timesText(times: number): string {
  return times === 1 ? 'once' : `${times} times`;
}

function limitsText({ lowerLimit, upperLimit }: QueryReport): string {
  if (lowerLimit === undefined) return `the limit of at most ${upperLimit}`;
  if (upperLimit === undefined) return `the limit of at least ${lowerLimit}`;
  return `the limits ${lowerLimit} and ${upperLimit}`;
}

/** With as many digits as somebody looks at. */
function numberText(value: number): string {
  return String(Number(value.toPrecision(4)));
}
