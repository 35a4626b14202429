import type { DeploymentReport, Sluice } from '../client.js';
import { exitReasonOf } from '../cli/exitCodes.js';
import type { Presenter } from '../cli/presenter/presenter.js';

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
  // A question to Temporal may take longer than a runner waits for a cancelled job.
  const stopped = new Promise<undefined>((resolve) => {
    if (cancelled.aborted) resolve(undefined);
    cancelled.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  let last: DeploymentReport | undefined;
  for (;;) {
    const next = await Promise.race([stopped, reports.next()]);
    if (next === undefined || next.done) return last;
    last = next.value;
    if (exitReasonOf(last) !== undefined) {
      presenter.ended(last);
      await reports.return();
      return last;
    }
    presenter.changed(last);
  }
}
