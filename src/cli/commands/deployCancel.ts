import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../failure.js';
import { namedOrOnly, runOf, type Which } from '../which.js';
import { connected } from './connected.js';

export interface DeployCancelOptions extends Which {
  output: OutputFormat;
}

/** `sluice deploy cancel`. It does not wait until all is taken back. */
export async function deployCancel(
  { output, ...which }: DeployCancelOptions,
  console: Console,
): Promise<ExitReason> {
  return connected(output, console, async ({ sluice, presenter }) => {
    const run = await namedOrOnly(sluice, which, 'deploy cancel');
    presenter.answered(await sluice.cancel(run.application, runOf(run)));
    return 'succeeded';
  });
}
