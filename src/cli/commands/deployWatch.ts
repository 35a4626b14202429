import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../outputFormat.js';
import { namedOrOnly, namedWaiting, type Which } from '../which.js';
import { connected } from './connected.js';
import { follow } from './follow.js';
import { watch } from './watch.js';

export interface DeployWatchOptions extends Which {
  output: OutputFormat;
}

/**
 * `sluice deploy watch`. One that waits for its turn is followed into its run; one that has ended is
 * shown at once.
 */
export async function deployWatch(
  { output, ...which }: DeployWatchOptions,
  console: Console,
): Promise<ExitReason> {
  return connected(output, console, async (connection) => {
    const { sluice, presenter } = connection;
    const waiting = await namedWaiting(sluice, which);
    if (waiting !== undefined) {
      presenter.waits(waiting);
      return follow(connection, waiting, console);
    }
    const run = await namedOrOnly(sluice, which, 'deploy watch');
    return watch(connection, run, console);
  });
}
