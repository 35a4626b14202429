import type { DeploymentReport, Sluice } from '../../client.js';
import { type ExitReason, exitReasonOf } from '../exitCodes.js';
import type { Presenter } from '../presenter/presenter.js';

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
  const detached = new AbortController();
  const detach = () => detached.abort();
  process.once('SIGINT', detach);
  try {
    const reports = sluice.watch(application, { runId, signal: detached.signal });
    const reason = await showUntilEnd(reports, detached.signal, presenter);
    if (reason !== undefined) return reason;
    presenter.detached(application);
    return 'detached';
  } finally {
    process.off('SIGINT', detach);
  }
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
