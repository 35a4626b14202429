import { versionsOf } from '../../domain/provisioned.js';
import type { Restored } from '../../domain/status.js';
import { askFor, foreignProvisioned, left, untilProvisioned } from '../function/provision.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';

/**
 * Before the traffic goes back: the versions that are to serve it get the provisioned concurrency that
 * they had, and it is waited for.
 */
export async function provideOld(target: TargetState, fn: FunctionLedger): Promise<Restored[]> {
  const served = servedBefore(fn);
  return restore(target, fn, (version) => served.includes(version));
}

/**
 * Once the traffic is back, and an alias that was created is gone: what other versions were given is
 * taken from them.
 */
export async function withdrawNew(target: TargetState, fn: FunctionLedger): Promise<Restored[]> {
  const served = servedBefore(fn);
  return restore(target, fn, (version) => !served.includes(version));
}

function servedBefore({ trafficBefore }: FunctionLedger): string[] {
  return trafficBefore === undefined ? [] : versionsOf(trafficBefore);
}

async function restore(
  target: TargetState,
  fn: FunctionLedger,
  isMeant: (version: string) => boolean,
): Promise<Restored[]> {
  const versions = [...fn.provisioned.keys()].filter(isMeant);
  for (const version of versions) await restoreOne(target, fn, version);
  const isBack = [...fn.provisioned.values()].every(
    ({ before, asked, became }) => asked.at(-1) === before && became === 'asked',
  );
  return versions.length > 0 && isBack ? ['provisioned concurrency'] : [];
}

async function restoreOne(target: TargetState, fn: FunctionLedger, version: string): Promise<void> {
  const { before = 0 } = fn.provisioned.get(version) ?? {};
  const { aliasName: alias } = fn;
  // What it served before, it may serve again.
  const mayServe = servedBefore(fn).includes(version);
  const answer = await askFor(fn, version, before, {
    rollback: true,
    ...(mayServe && alias !== undefined && { mayServe: alias }),
  });
  if (answer.result === 'done') return untilProvisioned(target, fn, version, { rollback: true });
  if (answer.result === 'gone' && before === 0) return;
  if (answer.result === 'serves') target.warn(left(fn, version, answer));
  else target.warn(foreignProvisioned(fn, version, answer));
}
