import { sleep } from '@temporalio/workflow';
import type { MeasuredQuery, MeasureInput } from '../../activities/deciding.js';
import {
  Judgement,
  MAX_REPORTED_QUERIES,
  queryText,
  worstOf,
  type AnalysisReport,
  type Measurement,
  type QueryReport,
  type Verdict,
} from '../../domain/analysis.js';
import { defined } from '../../domain/defined.js';
import { durationText } from '../../domain/durations.js';
import type { Failure } from '../../domain/failures.js';
import { summaryText } from '../../domain/markdownText.js';
import type { AnalysisStep, Query, QueryUse } from '../../domain/plan.js';
import { MAX_ASKED, MAX_ASKED_BYTES } from '../../domain/stepCosts.js';
import { valuesUsed } from '../../domain/templateUses.js';
import { tellsFunctionsApart } from '../../domain/variables.js';
import type { TargetState } from '../state/targetState.js';
import { measuring } from '../temporal/activities.js';
import { FailureError } from '../temporal/failure.js';
import { assertRoom } from '../temporal/historyRoom.js';
import { awaitApproval } from './approval.js';
import { concerned, variablesOf, stepVariables } from './variables.js';

/** For how long a run without an answer is tried again at least, in milliseconds. */
const LEAST_PATIENCE_MS = 60_000;

/** How many queries a failure names. */
const MAX_NAMED = 3;

/**
 * Runs queries again and again, and decides by their averages; where the file says so, a person
 * decides.
 *
 * @throws FailureError when the analysis did not pass, or a person says no
 */
export async function runAnalysis(
  target: TargetState,
  id: string,
  step: AnalysisStep,
): Promise<void> {
  const analysis = new Analysis(target, id, step);
  const verdict = await analysis.judge();
  const mode = verdict === 'passed' ? step.rollForwardMode : step.rollBackMode;
  if (mode === 'manual') {
    await awaitApproval(target, id, { about: analysis.about });
  } else if (verdict !== 'passed') {
    throw new FailureError(analysis.failure(verdict));
  }
}

/** A query of the step, and what came of it so far. */
interface JudgedQuery {
  measured: MeasuredQuery;
  judgement: Judgement;
}

class Analysis {
  readonly #startedAt = Date.now();
  readonly #asked: JudgedQuery[];
  #done = 0;
  #verdict: Verdict | undefined;

  constructor(
    private readonly target: TargetState,
    private readonly id: string,
    private readonly step: AnalysisStep,
  ) {
    this.#asked = step.queries.flatMap((use) => askedOf(target, use));
    target.analyses.begin(() => this.report);
  }

  async judge(): Promise<Verdict> {
    while (this.#verdict === undefined) {
      assertRoom(this.target.name);
      await this.#interval();
      await this.#measure();
      if (this.#isOver) this.#verdict = this.#present;
      this.target.refresh();
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
      ...defined({ verdict: this.#verdict }),
      queries: reports
        .toSorted((one, other) => trouble(one) - trouble(other))
        .slice(0, MAX_REPORTED_QUERIES),
    };
  }

  /** The numbers, for a person who has to decide. */
  get about(): string {
    const { queries, run, of } = this.report;
    return [
      `the analysis ${verdictText(this.#present)} after ${run} of ${of} runs`,
      ...queries.map(queryText),
    ].join('\n');
  }

  failure(verdict: Verdict): Failure {
    const bad = this.report.queries.filter((one) => one.verdict !== 'passed');
    const named = bad.slice(0, MAX_NAMED).map(queryText).join('; ');
    const more = bad.length > MAX_NAMED ? `; and ${bad.length - MAX_NAMED} more` : '';
    return {
      code: 'analysisFailed',
      message: `The analysis at ${this.id} ${verdictText(verdict)}: ${named}${more}.`,
      target: this.target.name,
    };
  }

  get #present(): Verdict {
    return worstOf(this.#asked.map(({ judgement }) => judgement.verdict));
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
    await this.target.clock.whileWaiting(() => sleep(leftMs, { summary: summaryText(summary) }));
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
    const { target, step } = this;
    const now = Date.now();
    const from = step.lookbackMethod === 'sliding' ? now - step.intervalMs : this.#startedAt;
    const patienceMs = Math.max(step.intervalMs, LEAST_PATIENCE_MS);
    const templates = this.#asked.map(({ measured }) => measured.template);
    return {
      ...target.access,
      gate: this.id,
      context: valuesUsed('context', templates, step.context, target.input.context),
      variables: valuesUsed('sluice', templates, stepVariables(target)),
      from: new Date(from).toISOString(),
      to: new Date(now).toISOString(),
      giveUpAt: new Date(now + patienceMs).toISOString(),
    };
  }
}

const NOTHING: Measurement = { problem: 'unavailable', message: 'the worker gave no answer' };

/** A query that speaks of a function is asked once for each, where a target has several. */
function askedOf(target: TargetState, { query: name, provider }: QueryUse): JudgedQuery[] {
  const query = target.input.queries[name];
  if (query === undefined) throw new Error(`there is no query ${name}`);
  const functions = concerned(target);
  if (functions.length < 2 || !tellsFunctionsApart(query.template)) {
    return [ask(name, query, provider, {})];
  }
  return functions.map((fn) => ask(name, query, provider, variablesOf(fn), fn.name));
}

function ask(
  name: string,
  query: Query,
  provider: string,
  variables: Record<string, string>,
  of?: string,
): JudgedQuery {
  const asked = { query: name, provider, ...defined({ function: of }) };
  const { template, onNoData } = query;
  return {
    measured: { ...asked, template, onNoData, variables },
    judgement: new Judgement(asked, query),
  };
}

function chunksOf(asked: readonly JudgedQuery[]): JudgedQuery[][] {
  const chunks: JudgedQuery[][] = [];
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

function verdictText(verdict: Verdict): string {
  return verdict === 'inconclusive' ? 'is inconclusive' : verdict;
}
