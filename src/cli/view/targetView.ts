import type { TargetReport } from '../../client/report.js';
import { failureSentence } from '../../domain/failures.js';
import { targetWorkflowId } from '../../domain/names.js';
import type { FunctionOutcome } from '../../domain/outcomes.js';
import type { FunctionProgress, TargetProgress } from '../../domain/status.js';
import type { Described, FunctionView, TargetView } from './model.js';
import { STATUS_WORDS, TARGET_PHASE_WORDS, timeBetween, wordsFor } from './words.js';

/** @param open - names of targets that have not ended */
export function targetView(
  target: TargetReport,
  application: string,
  open: ReadonlySet<string>,
): TargetView {
  const { outcome } = target;
  return {
    name: target.name,
    place: `${target.accountId} ${target.region}`.trim(),
    state: stateOf(target, open),
    functions: functionsOf(target),
    remarks: [...remarksOf(target), ...wayOut(target, application)],
    ...(outcome && { duration: timeBetween(outcome.startedAt, outcome.endedAt) }),
  };
}

function stateOf(target: TargetReport, open: ReadonlySet<string>): Described {
  const { phase, status, progress } = target;
  if (status !== undefined) return wordsFor(STATUS_WORDS, status);
  if (phase === 'ended') return { tone: 'quiet', text: 'ended' };
  if (phase === 'waiting') return waiting(target.dependsOn.filter((name) => open.has(name)));
  if (progress === undefined) return { tone: 'active', text: 'running' };
  return describe(progress);
}

/** What is done says more than the phase, except on the way back. */
function describe({ phase, activity }: TargetProgress): Described {
  const words = wordsFor(TARGET_PHASE_WORDS, phase);
  if (activity === '' || phase === 'ended') return words;
  const goesBack = phase === 'rollingBack' || phase === 'rollbackStuck';
  return { ...words, text: goesBack ? `${words.text}: ${activity}` : activity };
}

function waiting(awaited: string[]): Described {
  return {
    tone: 'waiting',
    text: awaited.length === 0 ? 'waits' : `waits for ${awaited.join(', ')}`,
  };
}

function functionsOf({ outcome, progress }: TargetReport): FunctionView[] {
  if (outcome !== undefined) return outcome.functions.map(endedFunction);
  return (progress?.functions ?? []).map(runningFunction);
}

function endedFunction({ name, version, summary }: FunctionOutcome): FunctionView {
  const says = version === undefined || summary.includes(`version ${version}`);
  return { name, text: says ? summary : `${summary} (version ${version})` };
}

function runningFunction({ name, weight, version }: FunctionProgress): FunctionView {
  if (version === undefined) return { name, text: 'not released', untouched: true };
  return { name, text: `${weight} % on version ${version}` };
}

function remarksOf({ failure, outcome, progress }: TargetReport): string[] {
  const problems = failure === undefined ? (progress?.problems ?? []) : [failure];
  const warnings = (outcome?.warnings ?? []).map(
    (warning) => `Warning: ${failureSentence(warning)}`,
  );
  return [...problems.map(failureSentence), ...warnings];
}

/** Only a person can mend what keeps a rollback, or give it up. */
function wayOut({ name, progress }: TargetReport, application: string): string[] {
  if (progress?.phase !== 'rollbackStuck') return [];
  const signal = `temporal workflow signal --workflow-id '${targetWorkflowId(application, name)}'`;
  return [
    `It is tried again by itself. To try at once: ${signal} --name retry`,
    `To leave everything as it is now: ${signal} --name abandon`,
  ];
}
