import type { DeploymentReport } from '../../client/report.js';
import { deploymentWords } from '../../domain/commands.js';
import type { IgnoredMessage } from '../../domain/gates.js';
import type { Queued } from '../../domain/queue.js';
import type { Notice } from './model.js';
import { momentText } from './words.js';

/** How many ignored messages are shown, of all that are kept. */
const MAX_IGNORED = 5;

/**
 * What somebody should know of a deployment that runs, and of the one that waits behind it.
 *
 * @param missingWorker - what to say when nothing polls the task queue
 */
export function noticesOf(report: DeploymentReport, missingWorker: Notice): Notice[] {
  const next = report.waiting === undefined ? [] : [nextOne(report.application, report.waiting)];
  if (report.state !== 'running') return next;
  return [...conditions(report, missingWorker), ...ignoredMessages(report), ...next];
}

function nextOne(application: string, { deploymentId, startedBy, queuedAt }: Queued): Notice {
  const by = startedBy === undefined ? '' : ` by ${startedBy}`;
  const command = `sluice deploy cancel ${deploymentWords({ application, deploymentId })}`;
  return {
    text:
      `Deployment ${deploymentId}, queued${by} at ${momentText(queuedAt)}, waits for its turn. ` +
      `To take it out: ${command}`,
  };
}

function conditions(report: DeploymentReport, missingWorker: Notice): Notice[] {
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

/** The newest last. */
function ignoredMessages({ ignored, targets }: DeploymentReport): Notice[] {
  const all = [
    ...ignored.map((message) => told(message)),
    ...targets.flatMap(({ name, progress }) =>
      (progress?.ignored ?? []).map((message) => told(message, name)),
    ),
  ];
  return all
    .toSorted((one, other) => one.at.localeCompare(other.at))
    .slice(-MAX_IGNORED)
    .map(({ text }) => ({ text, once: true }));
}

function told({ at, verb, reason }: IgnoredMessage, target?: string): { at: string; text: string } {
  const where = target === undefined ? '' : `${target}: `;
  return { at, text: `${where}${verb} at ${at.slice(11, 19)}Z was ignored: ${reason}` };
}
