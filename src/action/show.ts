import type { DeploymentReport, Sluice } from '../client.js';
import { type ExitReason, exitReasonOf, exitReasonOfError } from '../cli/exitCodes.js';
import { textOf } from '../cli/failure.js';
import { LineLog } from '../cli/presenter/lineLog.js';
import type { Presenter, Started } from '../cli/presenter/presenter.js';
import { TextPresenter } from '../cli/presenter/textPresenter.js';
import { missingWorker } from '../cli/view/missingWorker.js';
import { SluiceError } from '../settings/sluiceError.js';
import { follow } from './follow.js';
import { consoleOf, type Job } from './job.js';
import type { Request } from './request.js';

export type { Started };

/** What a job has seen of a deployment when it stops looking. */
export interface Seen {
  /** Why it stops. */
  reason: ExitReason;
  /** The last that is known, where it was watched. */
  report?: DeploymentReport;
  /** In a sentence, why there is no end to be told of. */
  note?: string;
}

/** Says in the log that a deployment was started and, if that is asked for, what becomes of it. */
export function show(sluice: Sluice, started: Started, { wait }: Request, job: Job): Promise<Seen> {
  return job.log.group(`Deployment of ${started.application}`, async (say) => {
    const console = consoleOf(job, say);
    const noWorker = missingWorker(sluice);
    const presenter = new TextPresenter(console, new LineLog(console), noWorker);
    try {
      presenter.started(started);
      if (!started.workersPolling) presenter.notice(noWorker);
      if (!wait) return { reason: 'succeeded', note: 'The job did not wait for its end.' };
      return await watched(sluice, started, presenter, job);
    } finally {
      presenter.close();
    }
  });
}

async function watched(
  sluice: Sluice,
  started: Started,
  presenter: Presenter,
  { cancelled, environment }: Job,
): Promise<Seen> {
  try {
    const report = await follow(sluice, started, presenter, cancelled);
    const reason = report === undefined ? undefined : exitReasonOf(report);
    if (reason !== undefined) return { reason, ...(report && { report }) };
    presenter.detached(started.application);
    const note = 'The job was cancelled. The deployment goes on.';
    return { reason: 'detached', note, ...(report && { report }) };
  } catch (error) {
    const reason = error instanceof SluiceError ? exitReasonOfError(error.code) : 'internal';
    return { reason, note: textOf(error, { colours: false, environment }) };
  }
}
