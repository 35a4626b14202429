import type { DeploymentRecord } from '../../client.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../outputFormat.js';
import { connected } from './connected.js';
import { firstOf } from './firstOf.js';

export interface DeployHistoryOptions {
  name: string;
  limit: number;
  output: OutputFormat;
}

/** `sluice deploy history`. */
export async function deployHistory(
  { name, limit, output }: DeployHistoryOptions,
  console: Console,
): Promise<ExitReason> {
  return connected(output, console, async ({ sluice, presenter }) => {
    const { first, more } = await firstOf<DeploymentRecord>(limit, sluice.history(name));
    presenter.records(first, more);
    return 'succeeded';
  });
}
