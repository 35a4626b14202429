import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../outputFormat.js';
import {
  allRunning,
  type Meant,
  named,
  namedWaiting,
  nothingRuns,
  runOf,
  type Which,
} from '../which.js';
import { connected } from './connected.js';

export interface DeployStatusOptions extends Which {
  output: OutputFormat;
}

/** `sluice deploy status`. It succeeds when it could say something, however the deployment is. */
export async function deployStatus(
  { output, ...which }: DeployStatusOptions,
  console: Console,
): Promise<ExitReason> {
  return connected(output, console, async ({ sluice, presenter }) => {
    // One that waits is shown with the one that it waits for.
    const found: Meant | undefined =
      (await namedWaiting(sluice, which)) ?? (await named(sluice, which));
    const running = found === undefined ? await allRunning(sluice) : [];
    const shown = found ?? (running.length === 1 ? running[0] : undefined);
    if (shown === undefined) presenter.running(running, nothingRuns(sluice));
    else presenter.status(await sluice.status(shown.application, runOf(shown)));
    return 'succeeded';
  });
}
