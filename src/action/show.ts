import type { DeploymentReport, QueuedDeployment, Sluice } from '../client.js';
import { type ExitReason, exitReasonOf, exitReasonOfError } from '../cli/exitCodes.js';
import { textOf } from '../cli/failure.js';
import { LineLog } from '../cli/presenter/lineLog.js';
import type { Presenter, Started } from '../cli/presenter/presenter.js';
import { TextPresenter } from '../cli/presenter/textPresenter.js';
import { missingWorker } from '../cli/view/missingWorker.js';
import { SluiceError } from '../errors.js';
import { droppedText } from '../domain/queue.js';
import { follow } from './follow.js';
import { consoleOf, type Job } from './job.js';
import { linked } from './linked.js';
import type { Request } from './request.js';

/** A deployment that runs, or that waits for its turn. */
export type Accepted = Started | QueuedDeployment;

/** What a job has seen of a deployment when it stops looking. */
export interface Seen {
  /** Why it stops. */
  reason: ExitReason;
  /** The last that is known, where it was watched. */
  report?: DeploymentReport;
  /** In a sentence, why there is no end to be told of. */
  note?: string;
  /** Where the Temporal UI shows it, once it runs. */
  link?: string;
}

/** Says in the log that a deployment was started and, if that is asked for, what becomes of it. */
export function show(
  sluice: Sluice,
  accepted: Accepted,
  { wait }: Request,
  job: Job,
): Promise<Seen> {
  return job.log.group(`Deployment of ${accepted.application}`, async (say) => {
    const console = consoleOf(job, say);
    const noWorker = missingWorker(sluice);
    const presenter = new TextPresenter(console, new LineLog(console), noWorker);
    try {
      if (accepted.state === 'queued') presenter.queued(accepted);
      else presenter.started(accepted);
      if (!accepted.workersPolling) presenter.notice(noWorker);
      if (!wait) return { reason: 'succeeded', note: 'The job did not wait for its end.' };
      return await seen(() => toTheEnd(sluice, accepted, presenter, job), job);
    } finally {
      presenter.close();
    }
  });
}

/** What goes wrong on the way is told with the deployment, which goes on. */
async function seen(look: () => Promise<Seen>, { environment }: Job): Promise<Seen> {
  try {
    return await look();
  } catch (error) {
    const reason = error instanceof SluiceError ? exitReasonOfError(error.code) : 'internal';
    return { reason, note: textOf(error, { colours: false, environment }).text };
  }
}

async function toTheEnd(
  sluice: Sluice,
  accepted: Accepted,
  presenter: Presenter,
  job: Job,
): Promise<Seen> {
  if (accepted.state === 'started') return watched(sluice, accepted, presenter, job);
  const turn = await sluice.untilReleased(accepted, job.cancelled);
  if (turn === undefined) {
    const { application, deploymentId } = accepted;
    presenter.detached({ application, waiting: deploymentId });
    return { reason: 'detached', note: 'The job was cancelled. The deployment keeps its place.' };
  }
  if ('run' in turn) {
    const { namespace } = accepted;
    const { link } = await linked({ ...turn.run, namespace }, job.environment);
    return { ...(await watched(sluice, turn.run, presenter, job)), ...(link && { link }) };
  }
  presenter.dropped(turn.dropped);
  const reason = turn.dropped.reason === 'cancelled' ? 'cancelled' : 'conflict';
  return { reason, note: droppedText(turn.dropped) };
}

async function watched(
  sluice: Sluice,
  run: { application: string; runId: string },
  presenter: Presenter,
  { cancelled }: Job,
): Promise<Seen> {
  const report = await follow(sluice, run, presenter, cancelled);
  const reason = report === undefined ? undefined : exitReasonOf(report);
  if (reason !== undefined) return { reason, ...(report && { report }) };
  presenter.detached({ application: run.application });
  const note = 'The job was cancelled. The deployment goes on.';
  return { reason: 'detached', note, ...(report && { report }) };
}
