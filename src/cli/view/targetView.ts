import type { GateReport, TargetReport } from '../../client/report.js';
import { queryText, type AnalysisReport } from '../../domain/analysis.js';
import { failureSentence } from '../../domain/failures.js';
import { decisionText } from '../../domain/gates.js';
import type { TargetPhase, TargetProgress } from '../../domain/status.js';
import { functionViews } from './functionView.js';
import { gateView } from './gateView.js';
import type { Described, TargetView } from './model.js';
import { endWords, TARGET_PHASE_WORDS, timeBetween, wordsFor } from './words.js';

/**
 * @param gates - those that the target waits at
 * @param open - names of targets that have not ended
 */
export function targetView(
  target: TargetReport,
  gates: readonly GateReport[],
  open: ReadonlySet<string>,
): TargetView {
  return {
    name: target.name,
    place: `${target.accountId} ${target.region}`.trim(),
    state: stateOf(target, open),
    functions: functionViews(target),
    gates: gates.map(gateView),
    findings: findingsOf(target),
    decisions: decisionsOf(target),
    remarks: remarksOf(target),
    ...durationOf(target),
  };
}

function stateOf(target: TargetReport, open: ReadonlySet<string>): Described {
  const { phase, status, failure, progress } = target;
  if (status !== undefined) return endWords(status, failure !== undefined);
  if (phase === 'ended') return { tone: 'quiet', text: 'ended' };
  if (phase === 'waiting') return waiting(target.dependsOn.filter((name) => open.has(name)));
  if (progress === undefined) return { tone: 'active', text: 'running' };
  return describe(progress);
}

/** What is done says more than the phase, except on the way back. */
function describe({ phase, activity, step }: TargetProgress): Described {
  const words = wordsFor(TARGET_PHASE_WORDS, phase);
  if (activity === '' || phase === 'ended') return words;
  if (phase === 'rollingBack' || phase === 'rollbackStuck') {
    return { ...words, text: `${words.text}: ${activity}` };
  }
  const inSteps = step !== undefined && PHASES_OF_STEPS.has(phase);
  return {
    ...words,
    text: inSteps ? `${activity}, step ${step.number} of ${step.of}` : activity,
  };
}

/** Elsewhere the step that is told is only the last one there was. */
const PHASES_OF_STEPS: ReadonlySet<TargetPhase> = new Set<TargetPhase>([
  'releasing',
  'shifting',
  'waiting',
  'promoting',
]);

function waiting(awaited: string[]): Described {
  return {
    tone: 'waiting',
    text: awaited.length === 0 ? 'waits' : `waits for ${awaited.join(', ')}`,
  };
}

/** How many numbers of an analysis are shown. */
const MAX_QUERIES = 5;

function findingsOf({ outcome, progress }: TargetReport): string[] {
  const last = (outcome ?? progress)?.analyses.at(-1);
  const notices = outcome === undefined ? (progress?.notices ?? []) : [];
  return [...notices, ...(last === undefined ? [] : analysisLines(last))];
}

function analysisLines({ gate, run, of, queries }: AnalysisReport): string[] {
  const when = `${gate}, run ${run} of ${of}`;
  const shown = queries.slice(0, MAX_QUERIES).map((one) => `${when}: ${queryText(one)}`);
  const more = queries.length - shown.length;
  return run === 0 ? [] : [...shown, ...(more > 0 ? [`${when}: ${more} more queries`] : [])];
}

/** What the failure says word for word is not said twice. */
function decisionsOf({ outcome, progress, failure }: TargetReport): string[] {
  const decisions = outcome?.decisions ?? progress?.decisions ?? [];
  return decisions.map(decisionText).filter((text) => failure?.message !== `${text}.`);
}

function remarksOf({ failure, outcome, progress }: TargetReport): string[] {
  const problems = failure === undefined ? (progress?.problems ?? []) : [failure];
  const warnings = (outcome?.warnings ?? []).map(
    (warning) => `Warning: ${failureSentence(warning)}`,
  );
  return [...problems.map(failureSentence), ...warnings];
}

/** A target that never began has an outcome, which took no time. */
function durationOf({ outcome, startedAt, endedAt }: TargetReport): Pick<TargetView, 'duration'> {
  const [from, to] = outcome ? [outcome.startedAt, outcome.endedAt] : [startedAt, endedAt];
  return from === undefined || to === undefined ? {} : { duration: timeBetween(from, to) };
}
