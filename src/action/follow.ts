import type { DeploymentReport, Sluice } from '../client.js';
import { exitReasonOf } from '../cli/exitCodes.js';
import type { Presenter } from '../cli/presenter/presenter.js';
import { reportsUntil } from '../cli/reportsUntil.js';

/**
 * Shows a deployment until it has ended or its rollback is stuck, or until the job is cancelled,
 * which leaves the deployment alone.
 *
 * @returns the last that is known; undefined when the job was cancelled before anything was
 */
export async function follow(
  sluice: Sluice,
  { application, runId }: { application: string; runId: string },
  presenter: Presenter,
  cancelled: AbortSignal,
): Promise<DeploymentReport | undefined> {
  const reports = sluice.watch(application, { runId, signal: cancelled });
  let last: DeploymentReport | undefined;
  // A question to Temporal may take longer than a runner waits for a cancelled job.
  for await (last of reportsUntil(cancelled, reports)) {
    if (exitReasonOf(last) === undefined) {
      presenter.changed(last);
    } else {
      presenter.ended(last);
      return last;
    }
  }
  return last;
}
