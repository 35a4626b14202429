import type { DeploymentRecord, ListOptions } from '../../client.js';
import { defined } from '../../domain/defined.js';
import { waitsForPerson } from '../../domain/gates.js';
import { terminal } from '../../domain/terminalText.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../outputFormat.js';
import { connected, type Connected } from './connected.js';
import { firstOf } from './firstOf.js';

export interface DeployListOptions extends Pick<ListOptions, 'state'> {
  /** Whether only what waits for a person is listed, gate by gate. */
  waiting?: boolean;
  limit: number;
  output: OutputFormat;
}

/** `sluice deploy list`. Deployments that run are asked where they wait. */
export async function deployList(
  { state, waiting = false, limit, output }: DeployListOptions,
  console: Console,
): Promise<ExitReason> {
  return connected(output, console, async (connection) => {
    if (waiting) return listWaiting(connection, limit, console);
    const { sluice, presenter } = connection;
    const records = sluice.list({ ...defined({ state }), limit: limit + 1, gates: true });
    const { first, more } = await firstOf<DeploymentRecord>(limit, records);
    const which = state === undefined ? '' : ` that is ${state}`;
    const none = `No deployment${which} is known in namespace ${place(connection)}.`;
    presenter.records(first, first.length === 0 ? none : more);
    return 'succeeded';
  });
}

async function listWaiting(
  connection: Connected,
  limit: number,
  console: Console,
): Promise<ExitReason> {
  const { sluice, presenter } = connection;
  const { gates, unknown } = await sluice.gates();
  const waiting = gates.filter(waitsForPerson);
  const { first, more } = await firstOf(limit, waiting);
  presenter.gates(first);
  presenter.unknownWaits(unknown);
  const known = unknown.length === 0 ? '' : ', as far as is known';
  const none = `Nothing waits for a person in namespace ${place(connection)}${known}.`;
  const remark = first.length === 0 ? none : more;
  if (remark !== undefined) console.err(terminal`${remark}\n`);
  return 'succeeded';
}

function place({ sluice: { namespace, address } }: Connected): string {
  return `${namespace} at ${address}`;
}
