import type { DeploymentReport } from '../../client/report.js';
import { defined } from '../../domain/defined.js';
import { failureSentence } from '../../domain/failures.js';
import { goingBackText } from '../../domain/goingBack.js';
import { type Decision, decisionText } from '../../domain/gates.js';
import { endCounts, progressCounts } from './counts.js';
import type { DeploymentView, Described, Notice, TargetView } from './model.js';
import { noticesOf } from './notices.js';
import { targetView } from './targetView.js';
import {
  GATE_WORDS,
  heldWords,
  momentText,
  PHASE_WORDS,
  STATE_WORDS,
  timeBetween,
  wordsFor,
} from './words.js';

/** How many targets that go back are named. */
const MAX_NAMED = 3;

/** @param missingWorker - what to say when nothing polls the task queue */
export function deploymentView(report: DeploymentReport, missingWorker: Notice): DeploymentView {
  const targets = targetViews(report);
  const isRunning = report.state === 'running';
  return {
    application: report.application,
    state: stateOf(report),
    ...(isRunning && targets.length > 1 && { count: progressCounts(report) }),
    facts: factsOf(report),
    startedAt: report.startedAt,
    ...defined({ endedAt: report.endedAt }),
    targets,
    notices: noticesOf(report, missingWorker),
    ...(!isRunning && { ending: endingOf(report, targets) }),
  };
}

function targetViews({ targets, gates }: DeploymentReport): TargetView[] {
  const open = new Set(targets.filter(({ phase }) => phase !== 'ended').map(({ name }) => name));
  return targets.map((target) => {
    const own = gates.filter((gate) => gate.target === target.name);
    return targetView(target, own, open);
  });
}

function stateOf(report: DeploymentReport): Described {
  const { state, phase, gates, workersPolling } = report;
  if (state !== 'running') return STATE_WORDS[state];
  const held = heldWords(gates);
  const back = held === GATE_WORDS.stuckRollback ? undefined : goingBack(report);
  if (back !== undefined) return back;
  if (held !== undefined) return held;
  if (phase !== undefined) return wordsFor(PHASE_WORDS, phase);
  return { tone: 'waiting', text: workersPolling ? 'started' : 'waits for a worker' };
}

/** What goes back is said before what waits elsewhere; of several targets, which. */
function goingBack({ phase, targets }: DeploymentReport): Described | undefined {
  const isStopped = phase === 'cancelling' || phase === 'rollingBack';
  const back = targets.filter(({ progress }) => progress?.phase === 'rollingBack');
  if (back.length === 0) return isStopped ? wordsFor(PHASE_WORDS, phase) : undefined;
  const { tone, text } = PHASE_WORDS.rollingBack;
  const cancelling = phase === 'cancelling' ? `${PHASE_WORDS.cancelling.text}: ` : '';
  const names = back.slice(0, MAX_NAMED).map(({ name }) => name);
  const more = back.length - names.length;
  const which = `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return { tone, text: `${cancelling}${text}${targets.length === 1 ? '' : ` ${which}`}` };
}

function factsOf(report: DeploymentReport): string[] {
  const { deploymentId, startedBy, commit, goesBack, decisions = [] } = report;
  return [
    ...(deploymentId === undefined ? [] : [`deployment ${deploymentId}`]),
    ...(startedBy === undefined ? [] : [`started by ${startedBy}`]),
    ...(commit === undefined ? [] : [`commit ${commit}`]),
    ...(goesBack === undefined ? [] : [goingBackText(goesBack)]),
    ...decisions.map(askedText),
  ];
}

/** `A cancellation was asked for by ana at 2026-11-26T03:48:18Z: wrong release`. */
function askedText({ comment, ...decision }: Decision): string {
  const why = comment === undefined ? '' : `: ${comment}`;
  return `${decisionText(decision)} at ${momentText(decision.at)}${why}`;
}

function endingOf(report: DeploymentReport, targets: TargetView[]) {
  const { startedAt, endedAt, problem } = report;
  const time = endedAt === undefined ? '' : ` after ${timeBetween(startedAt, endedAt)}`;
  const counts = endCounts(report);
  return {
    summary: `${stateOf(report).text}${time}${counts === '' ? '' : `: ${counts}`}`,
    failures: [...unseenFailures(report, targets), ...(problem === undefined ? [] : [problem])],
  };
}

/** The failures that stand at no target. */
function unseenFailures({ outcome }: DeploymentReport, targets: TargetView[]): string[] {
  const seen = new Set(targets.flatMap(({ remarks }) => remarks));
  return (outcome?.failures ?? []).flatMap((failure) => {
    const text = failureSentence(failure);
    if (seen.has(text)) return [];
    return [failure.target === undefined ? text : `${failure.target}: ${text}`];
  });
}
