import type { DeploymentReport } from '../../client/report.js';
import { defined } from '../../domain/defined.js';
import { failureSentence } from '../../domain/failures.js';
import { goingBackText } from '../../domain/goingBack.js';
import type { GateKind } from '../../domain/gates.js';
import { endCounts, progressCounts } from './counts.js';
import type { DeploymentView, Described, Notice, TargetView } from './model.js';
import { noticesOf } from './notices.js';
import { targetView } from './targetView.js';
import { GATE_WORDS, PHASE_WORDS, STATE_WORDS, timeBetween, wordsFor } from './words.js';

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

function stateOf({ state, phase, gates, workersPolling }: DeploymentReport): Described {
  if (state !== 'running') return STATE_WORDS[state];
  const kinds = Object.keys(GATE_WORDS) as GateKind[];
  const held = kinds.find((kind) => gates.some((gate) => gate.kind === kind));
  if (held !== undefined) return GATE_WORDS[held];
  if (phase !== undefined) return wordsFor(PHASE_WORDS, phase);
  return { tone: 'waiting', text: workersPolling ? 'started' : 'waits for a worker' };
}

function factsOf({ deploymentId, startedBy, commit, goesBack }: DeploymentReport): string[] {
  return [
    ...(deploymentId === undefined ? [] : [`deployment ${deploymentId}`]),
    ...(startedBy === undefined ? [] : [`started by ${startedBy}`]),
    ...(commit === undefined ? [] : [`commit ${commit}`]),
    ...(goesBack === undefined ? [] : [goingBackText(goesBack)]),
  ];
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
