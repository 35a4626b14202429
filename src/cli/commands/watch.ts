import type { DeploymentReport, Sluice } from '../../client.js';
import { type ExitReason, exitReasonOf } from '../exitCodes.js';
import type { Presenter } from '../presenter/presenter.js';
import { untilInterrupted } from './interruption.js';

interface Run {
  application: string;
  runId: string;
}

/**
 * Shows a deployment until it has ended, its rollback is stuck, or somebody presses Ctrl-C, which
 * leaves the deployment alone.
 */
export async function watch(
  sluice: Sluice,
  { application, runId }: Run,
  presenter: Presenter,
): Promise<ExitReason> {
  const reason = await untilInterrupted((signal) =>
    showUntilEnd(sluice.watch(application, { runId, signal }), signal, presenter),
  );
  if (reason !== undefined) return reason;
  presenter.detached(application);
  return 'detached';
}

async function showUntilEnd(
  reports: AsyncGenerator<DeploymentReport, void>,
  detached: AbortSignal,
  presenter: Presenter,
): Promise<ExitReason | undefined> {
  const stopped = new Promise<'stopped'>((resolve) => {
    detached.addEventListener('abort', () => resolve('stopped'), { once: true });
  });
  for (;;) {
    const next = await Promise.race([reports.next(), stopped]);
    if (next === 'stopped' || next.done) return undefined;
    const reason = exitReasonOf(next.value);
    if (reason === undefined) {
      presenter.changed(next.value);
    } else {
      presenter.ended(next.value);
      await reports.return();
      return reason;
    }
  }
}
