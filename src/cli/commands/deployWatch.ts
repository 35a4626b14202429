import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../failure.js';
import { namedOrOnly, type Which } from '../which.js';
import { connected } from './connected.js';
import { watch } from './watch.js';

export interface DeployWatchOptions extends Which {
  output: OutputFormat;
}

/** `sluice deploy watch`. One that has ended is shown at once. */
export async function deployWatch(
  { output, ...which }: DeployWatchOptions,
  console: Console,
): Promise<ExitReason> {
  return connected(output, console, async (connection) => {
    const run = await namedOrOnly(connection.sluice, which, 'deploy watch');
    return watch(connection, run, console);
  });
}
