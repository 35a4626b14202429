import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import { CANCEL_SIGNAL } from '../../domain/names.js';
import type { Link } from '../link.js';
import { type DeploymentFacts, type DeploymentReport, MAX_DETAILED_TARGETS } from '../report.js';
import { ask } from '../requests.js';
import { readReport } from '../status.js';
import {
  ANSWER_TIMEOUT_MS,
  type Answered,
  answered,
  type AnsweredRun,
  type Answerer,
  hasEnded,
  notAccepted,
  runToAnswer,
} from './answer.js';
import { effectsOn, effectsText } from './cancelled.js';

/** Who cancels a deployment, and why. */
export interface CancelOptions extends Omit<Answerer, 'role'>, AnsweredRun {}

/** How often it is looked what has come of it, in milliseconds. */
const INTERVAL_MS = 200;

/**
 * Asks for a cancellation, for which no worker is needed, and tells what is known to come of it.
 * Workers are waited for as long as they may take; without them it stays with what was asked.
 *
 * @throws SluiceError `notAccepted` when the deployment has ended, or ends before it is reached;
 *   `notFound`
 */
export async function cancel(
  link: Link,
  application: string,
  { runId, timeoutMs = ANSWER_TIMEOUT_MS, ...message }: CancelOptions,
): Promise<Answered> {
  const run = await runToAnswer(link, application, runId);
  const handle = link.client.workflow.getHandle(run.workflowId, run.runId);
  await ask(link, () => handle.signal(CANCEL_SIGNAL, message)).catch((error: unknown) => {
    throw error instanceof WorkflowNotFoundError ? hasEnded(run) : error;
  });
  const report = await untilKnown(link, run, Date.now() + timeoutMs);
  if (!['running', 'cancelled'].includes(report.state)) throw tooLate(report);
  const targets = effectsOn(report.targets);
  const done = `${headOf(report)} ${effectsText(targets)}`.trim();
  return { ...answered(run, { verb: 'cancel', gates: [], done }), targets };
}

async function untilKnown(
  link: Link,
  { application, runId }: DeploymentFacts,
  deadline: number,
): Promise<DeploymentReport> {
  for (;;) {
    const report = await readReport(link, application, runId);
    if (isKnown(report) || !report.workersPolling || Date.now() >= deadline) return report;
    await sleep(INTERVAL_MS);
  }
}

function headOf(report: DeploymentReport): string {
  if (report.state === 'cancelled') return 'The deployment was cancelled.';
  if (isTakenIn(report)) return 'The deployment is being cancelled.';
  return 'Cancelling was asked for, and no worker has taken it in yet.';
}

/** Of very many targets only those that have ended say how they are. */
function isKnown(report: DeploymentReport): boolean {
  if (report.state !== 'running') return true;
  if (!isTakenIn(report)) return false;
  const effects = effectsOn(report.targets);
  return (
    effects.length > MAX_DETAILED_TARGETS || effects.every(({ effect }) => effect !== 'notKnown')
  );
}

function isTakenIn({ decisions = [] }: DeploymentReport): boolean {
  return decisions.some(({ decision }) => decision === 'cancelled');
}

function tooLate({ application, state }: DeploymentReport): Error {
  return notAccepted(
    `The deployment of "${application}" had ended (${state}) before the cancellation reached it, so it changed nothing.`,
  );
}
