import type { DeploymentReport } from '../../client/report.js';
import { failureSentence } from '../../domain/failures.js';
import { TARGET_OUTCOMES, type TargetStatus } from '../../domain/outcomes.js';
import type { DeploymentView, Described, Notice, TargetView } from './model.js';
import { targetView } from './targetView.js';
import { PHASE_WORDS, STATE_WORDS, STATUS_WORDS, timeBetween, wordsFor } from './words.js';

/** @param missingWorker - what to say when nothing polls the task queue */
export function deploymentView(report: DeploymentReport, missingWorker: Notice): DeploymentView {
  const open = new Set(
    report.targets.filter(({ phase }) => phase !== 'ended').map(({ name }) => name),
  );
  const targets = report.targets.map((target) => targetView(target, report.application, open));
  return {
    application: report.application,
    state: stateOf(report),
    ...countOf(report),
    facts: factsOf(report),
    startedAt: report.startedAt,
    ...(report.endedAt !== undefined && { endedAt: report.endedAt }),
    targets,
    notices: noticesOf(report, missingWorker),
    ...(report.state !== 'running' && { ending: endingOf(report, targets) }),
  };
}

function stateOf({ state, phase, workersPolling }: DeploymentReport): Described {
  if (state !== 'running') return STATE_WORDS[state];
  if (phase !== undefined) return wordsFor(PHASE_WORDS, phase);
  return { tone: 'waiting', text: workersPolling ? 'started' : 'waits for a worker' };
}

/** How far a running deployment to several targets is. */
function countOf({ state, targets }: DeploymentReport): Pick<DeploymentView, 'count'> {
  if (state !== 'running' || targets.length < 2) return {};
  const ended = (wanted: readonly TargetStatus[]) =>
    targets.filter(({ status }) => status !== undefined && wanted.includes(status)).length;
  const failed = ended(['rolledBack', 'rollbackFailed', 'blocked']);
  const deployed = `${ended(['deployed', 'unchanged'])} of ${targets.length} deployed`;
  return { count: failed === 0 ? deployed : `${deployed}, ${failed} failed` };
}

function factsOf({ deploymentId, startedBy, commit }: DeploymentReport): string[] {
  return [
    ...(deploymentId === undefined ? [] : [`deployment ${deploymentId}`]),
    ...(startedBy === undefined ? [] : [`started by ${startedBy}`]),
    ...(commit === undefined ? [] : [`commit ${commit}`]),
  ];
}

function noticesOf(report: DeploymentReport, missingWorker: Notice): Notice[] {
  if (report.state !== 'running') return [];
  // What was known of the workers holds until Temporal says something else.
  const missing = report.workersPolling ? [] : [missingWorker];
  if (report.stale) return [...missing, NO_TEMPORAL];
  if (!report.workersPolling) return missing;
  if (!report.answering) return [NO_ANSWER];
  return report.notice === undefined ? [] : [{ text: report.notice }];
}

const NO_TEMPORAL: Notice = {
  text: 'Temporal does not answer at the moment: this is the last that is known.',
  over: 'Temporal answers again.',
};

const NO_ANSWER: Notice = {
  text: 'The deployment does not answer at the moment: its workers are busy, or they are gone.',
  over: 'The deployment answers again.',
};

function endingOf(report: DeploymentReport, targets: TargetView[]) {
  const { startedAt, endedAt, problem } = report;
  const time = endedAt === undefined ? '' : ` after ${timeBetween(startedAt, endedAt)}`;
  const counts = countsText(report);
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

function countsText({ outcome }: DeploymentReport): string {
  return TARGET_OUTCOMES.filter((status) => (outcome?.counts[status] ?? 0) > 0)
    .map((status) => `${outcome?.counts[status]} ${STATUS_WORDS[status].text}`)
    .join(', ');
}
