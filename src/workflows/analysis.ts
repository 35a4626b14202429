import { sleep } from '@temporalio/workflow';
import type { MeasuredQuery, MeasureInput } from '../activities/deciding.js';
import {
  Judgement,
  MAX_REPORTED_QUERIES,
  queryText,
  together,
  type AnalysisReport,
  type Measurement,
  type QueryReport,
  type Verdict,
} from '../domain/analysis.js';
import { durationText } from '../domain/durations.js';
import type { Failure } from '../domain/failures.js';
import type { AnalysisStep, Query, QueryUse } from '../domain/plan.js';
import { tellsFunctionsApart } from '../domain/variables.js';
import { measuring } from './activities.js';
import { awaitApproval } from './approval.js';
import { FailureError } from './failure.js';
import { assertRoom } from './room.js';
import type { TargetRun } from './targetRun.js';
import { concerned, functionVariables, stepVariables } from './variables.js';

/** For how long a run without an answer is tried again at least, in milliseconds. */
const LEAST_PATIENCE_MS = 60_000;

/** How much is asked at once: a payload of Temporal's has at most 2 MiB. */
const MAX_ASKED = 50;
const MAX_ASKED_BYTES = 256 * 1024;

/** How many queries a failure names. */
const MAX_NAMED = 3;

/**
 * Runs queries again and again, and decides by their averages; where the file says so, a person
 * decides.
 *
 * @throws FailureError when the analysis did not pass, or a person says no
 */
export async function runAnalysis(run: TargetRun, id: string, step: AnalysisStep): Promise<void> {
  const analysis = new AnalysisRun(run, id, step);
  const verdict = await analysis.judge();
  const mode = verdict === 'passed' ? step.rollForwardMode : step.rollBackMode;
  if (mode === 'manual') {
    await awaitApproval(run, id, { about: analysis.about });
  } else if (verdict !== 'passed') {
    throw new FailureError(analysis.failure(verdict));
  }
}

/** A query of the step, and what came of it so far. */
interface Asked {
  measured: MeasuredQuery;
  judgement: Judgement;
}

class AnalysisRun {
  readonly #startedAt = Date.now();
  readonly #asked: Asked[];
  #done = 0;
  #verdict: Verdict | undefined;

  constructor(
    private readonly run: TargetRun,
    private readonly id: string,
    private readonly step: AnalysisStep,
  ) {
    this.#asked = step.queries.flatMap((use) => askedOf(run, use));
    run.analyses.begin(() => this.report);
  }

  async judge(): Promise<Verdict> {
    while (this.#verdict === undefined) {
      assertRoom(this.run.input.target);
      await this.#interval();
      await this.#measure();
      if (this.#isOver) this.#verdict = this.#present;
      this.run.refresh();
    }
    return this.#verdict;
  }

  get report(): AnalysisReport {
    const reports = this.#asked.map(({ judgement }) => judgement.report);
    const trouble = (one: QueryReport): number => Number(one.verdict === 'passed');
    return {
      gate: this.id,
      run: this.#done,
      of: this.step.runs,
      ...(this.#verdict !== undefined && { verdict: this.#verdict }),
      queries: reports
        .toSorted((one, other) => trouble(one) - trouble(other))
        .slice(0, MAX_REPORTED_QUERIES),
    };
  }

  /** The numbers, for a person who has to decide. */
  get about(): string {
    const { queries, run, of } = this.report;
    const lines = queries.map((one) => `- ${queryText(one)}`);
    return [`the analysis ${inWords(this.#present)} after ${run} of ${of} runs`, ...lines].join(
      '\n',
    );
  }

  failure(verdict: Verdict): Failure {
    const bad = this.report.queries.filter((one) => one.verdict !== 'passed');
    const named = bad.slice(0, MAX_NAMED).map(queryText).join('; ');
    const more = bad.length > MAX_NAMED ? `; and ${bad.length - MAX_NAMED} more` : '';
    return {
      code: 'analysisFailed',
      message: `The analysis at ${this.id} ${inWords(verdict)}: ${named}${more}.`,
      target: this.run.input.target,
    };
  }

  get #present(): Verdict {
    return together(this.#asked.map(({ judgement }) => judgement.verdict));
  }

  /** A query without an answer fails the step anyway: every one has to pass. */
  get #isOver(): boolean {
    if (this.#done >= this.step.runs) return true;
    const judgements = this.#asked.map(({ judgement }) => judgement);
    if (judgements.some(({ verdict }) => verdict === 'inconclusive')) return true;
    return this.step.abortOnFailedJudgment && judgements.some(({ lastFailed }) => lastFailed);
  }

  async #interval(): Promise<void> {
    const dueMs = this.#startedAt + (this.#done + 1) * this.step.intervalMs;
    const leftMs = dueMs - Date.now();
    if (leftMs <= 0) return;
    const summary = `${this.id}: run ${this.#done + 1} of ${this.step.runs}, every ${durationText(this.step.intervalMs)}`;
    await this.run.clock.whileWaiting(() => sleep(leftMs, { summary: summary.slice(0, 200) }));
  }

  async #measure(): Promise<void> {
    const input = this.#input();
    const summary = `${this.id}: ask ${this.#asked.length} queries, run ${this.#done + 1}`;
    const answers = await Promise.all(
      chunksOf(this.#asked).map((chunk) =>
        measuring(summary).measure({ ...input, queries: chunk.map(({ measured }) => measured) }),
      ),
    );
    const all: Measurement[] = answers.flat();
    this.#asked.forEach(({ judgement }, index) => judgement.add(all[index] ?? NOTHING));
    this.#done += 1;
  }

  #input(): Omit<MeasureInput, 'queries'> {
    const { run, step } = this;
    const now = Date.now();
    const from = step.lookbackMethod === 'sliding' ? now - step.intervalMs : this.#startedAt;
    const patienceMs = Math.max(step.intervalMs, LEAST_PATIENCE_MS);
    return {
      ...run.access,
      gate: this.id,
      context: { ...run.input.context, ...step.context },
      variables: stepVariables(run),
      from: new Date(from).toISOString(),
      to: new Date(now).toISOString(),
      giveUpAt: new Date(now + patienceMs).toISOString(),
    };
  }
}

const NOTHING: Measurement = { problem: 'unavailable', message: 'the worker gave no answer' };

/** A query that speaks of a function is asked once for each, where a target has several. */
function askedOf(run: TargetRun, { query: name, provider }: QueryUse): Asked[] {
  const query = run.input.queries[name];
  if (query === undefined) throw new Error(`there is no query ${name}`);
  const functions = concerned(run);
  if (functions.length < 2 || !tellsFunctionsApart(query.template)) {
    return [ask(name, query, provider, {})];
  }
  return functions.map((one) => ask(name, query, provider, functionVariables(one), one.name));
}

function ask(
  name: string,
  query: Query,
  provider: string,
  variables: Record<string, string>,
  of?: string,
): Asked {
  const asked = { query: name, provider, ...(of !== undefined && { function: of }) };
  const { template, onNoData } = query;
  return {
    measured: { ...asked, template, onNoData, variables },
    judgement: new Judgement(asked, query),
  };
}

function chunksOf(asked: readonly Asked[]): Asked[][] {
  const chunks: Asked[][] = [];
  let bytes = 0;
  for (const one of asked) {
    const size = JSON.stringify(one.measured).length;
    const last = chunks.at(-1);
    if (last === undefined || last.length >= MAX_ASKED || bytes + size > MAX_ASKED_BYTES) {
      chunks.push([one]);
      bytes = size;
    } else {
      last.push(one);
      bytes += size;
    }
  }
  return chunks;
}

function inWords(verdict: Verdict): string {
  return verdict === 'inconclusive' ? 'is inconclusive' : verdict;
}
