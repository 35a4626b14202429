import type { DeploymentReport } from '../client.js';

/**
 * Reports of a deployment until the signal. It is not kept waiting by a question to Temporal that is
 * under way.
 *
 * @param reports - of a watch that the signal ends, too
 */
export async function* reportsUntil(
  stop: AbortSignal,
  reports: AsyncGenerator<DeploymentReport, void>,
): AsyncGenerator<DeploymentReport, void> {
  const stopped = new Promise<undefined>((resolve) => {
    if (stop.aborted) resolve(undefined);
    stop.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  try {
    for (;;) {
      const next = await Promise.race([stopped, reports.next()]);
      if (next === undefined || next.done) return;
      yield next.value;
    }
  } finally {
    if (!stop.aborted) await reports.return();
  }
}
