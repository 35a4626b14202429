import { connect, type Sluice } from '../client.js';
import type { ExitReason } from '../cli/exitCodes.js';
import { missingWorker } from '../cli/view/missingWorker.js';
import { annotationOf } from '../config/index.js';
import { defined } from '../domain/defined.js';
import type { Plan } from '../domain/plan.js';
import { writeOutputs } from './files.js';
import type { Job } from './job.js';
import type { Request } from './request.js';
import { linked } from './linked.js';
import { type Accepted, show } from './show.js';
import { tell } from './tell.js';

/** Starts the deployment of a plan and, if that is asked for, waits for its end. */
export async function deploy(plan: Plan, request: Request, job: Job): Promise<ExitReason> {
  const sluice = await connect({ environment: job.environment });
  try {
    if (job.cancelled.aborted) return nothingStarted(job);
    const started = await start(sluice, plan, request, job);
    const seen = await show(sluice, started, request, job);
    await tell({ started, seen, request, missingWorker: missingWorker(sluice) }, job);
    return seen.reason;
  } finally {
    await sluice.close();
  }
}

function nothingStarted({ log }: Job): ExitReason {
  log.commands(annotationOf('The job was cancelled before it started a deployment.'));
  return 'detached';
}

/** The outputs are there from now on, whatever becomes of the job. */
async function start(
  sluice: Sluice,
  plan: Plan,
  { startedBy, commit }: Request,
  { environment }: Job,
): Promise<Accepted> {
  const accepted = await sluice.start({
    plan,
    ...defined({ startedBy, commit }),
  });
  await writeOutputs(environment, { DEPLOYMENT_ID: accepted.deploymentId });
  return accepted.state === 'queued' ? accepted : linked(accepted, environment);
}
