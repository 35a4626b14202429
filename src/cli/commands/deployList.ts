import type { DeploymentRecord, ListOptions } from '../../client.js';
import { defined } from '../../domain/defined.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../outputFormat.js';
import { connected } from './connected.js';
import { firstOf } from './firstOf.js';

export interface DeployListOptions extends Pick<ListOptions, 'state'> {
  limit: number;
  output: OutputFormat;
}

/** `sluice deploy list`. */
export async function deployList(
  { state, limit, output }: DeployListOptions,
  console: Console,
): Promise<ExitReason> {
  return connected(output, console, async ({ sluice, presenter }) => {
    const records = sluice.list({ ...defined({ state }), limit: limit + 1 });
    const { first, more } = await firstOf<DeploymentRecord>(limit, records);
    const which = state === undefined ? '' : ` that is ${state}`;
    const { namespace, address } = sluice;
    const none = `No deployment${which} is known in namespace ${namespace} at ${address}.`;
    presenter.records(first, first.length === 0 ? none : more);
    return 'succeeded';
  });
}
