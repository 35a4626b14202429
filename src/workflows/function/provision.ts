import { isCancellation } from '@temporalio/workflow';
import type { Provision, ProvisionInput } from '../../activities/provisioned.js';
import type { Failure } from '../../domain/failures.js';
import {
  deletionCommand,
  provisionedBefore,
  servedWithProvisioned,
} from '../../domain/provisioned.js';
import type { AskedProvisioned, FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { mutating, reading, rollingBack, waiting } from '../temporal/activities.js';
import { FailureError, toFailure } from '../temporal/failure.js';
import { together } from '../temporal/together.js';
import { notingCreation } from './unanswered.js';

/**
 * Gives every new version its provisioned concurrency, and waits until it has it. Called right before
 * the first traffic: until then it would only cost.
 */
export async function provisionAll(target: TargetState): Promise<void> {
  const lacking = target.changing.filter(isLacking);
  if (lacking.length === 0) return;
  const names = lacking.map(({ name }) => name).join(', ');
  target.say('releasing', `waiting for the provisioned concurrency of ${names}`);
  await together(lacking.map((fn) => () => provisionNew(target, fn)));
}

/**
 * Once the new version serves all traffic: takes from the versions before what they had. The traffic
 * needs none of it, so whatever keeps that from being done is only told.
 */
export async function withdrawOld(target: TargetState): Promise<void> {
  const tasks = target.changing.flatMap((fn) =>
    oldVersions(fn).map((version) => () => withdraw(target, fn, version)),
  );
  if (tasks.length === 0) return;
  target.say('afterDeployment', 'taking the provisioned concurrency of the old versions away');
  await together(tasks);
}

function oldVersions({ snapshot, version: now, provisioned }: FunctionLedger): string[] {
  return servedWithProvisioned(snapshot).filter(
    (version) => now !== undefined && version !== now && !provisioned.get(version)?.became,
  );
}

function isLacking(fn: FunctionLedger): boolean {
  const { wantedProvisioned: wanted, version, primary, isProvisioned } = fn;
  if (version === undefined || wanted === undefined || isProvisioned) return false;
  // What serves the traffic with it already needs nothing.
  const isThere = wanted === provisionedBefore(fn.snapshot, version);
  return !isThere || (wanted > 0 && version !== primary);
}

async function provisionNew(target: TargetState, fn: FunctionLedger): Promise<void> {
  const { version = '', wantedProvisioned: wanted = 0, aliasName } = fn;
  const answer = await askFor(fn, version, wanted, {
    ...(version === fn.primary && aliasName !== undefined && { mayServe: aliasName }),
  });
  // From a version that another alias serves nothing is taken.
  if (answer.result === 'serves') target.warn(left(fn, version, answer));
  else if (answer.result === 'done') await untilProvisioned(target, fn, version);
  else throw new FailureError(foreignProvisioned(fn, version, answer));
  fn.isProvisioned = true;
}

async function withdraw(target: TargetState, fn: FunctionLedger, version: string): Promise<void> {
  try {
    const answer = await askFor(fn, version, 0, {});
    if (answer.result === 'serves') target.warn(left(fn, version, answer));
    if (answer.result === 'changed') target.warn(foreignProvisioned(fn, version, answer));
  } catch (error) {
    if (isCancellation(error)) throw error;
    target.warn(left(fn, version, toFailure(error).message));
  }
}

/** Asks AWS, and waits for nothing. The entry in the ledger comes first. */
export async function askFor(
  fn: FunctionLedger,
  version: string,
  wanted: number,
  more: Pick<ProvisionInput, 'mayServe' | 'rollback'>,
): Promise<Provision> {
  const { before, asked } = fn.provisioned.get(version) ?? {
    before: provisionedBefore(fn.snapshot, version),
    asked: [],
  };
  const entry: AskedProvisioned = { before, asked: [...asked, wanted] };
  fn.provisioned.set(version, entry);
  const known = [...new Set([before, ...asked])];
  const summary =
    wanted === 0
      ? `take the provisioned concurrency of version ${version} of ${fn.name} away`
      : `give version ${version} of ${fn.name} a provisioned concurrency of ${wanted}`;
  const sending = more.rollback === true ? rollingBack : mutating;
  const answer = await notingCreation(fn, () =>
    sending(summary).provision({ ...fn.access, version, wanted, known, ...more }),
  );
  entry.became = answer.result === 'done' ? 'asked' : 'left';
  return answer;
}

/**
 * Waits until a version has what was last asked for it. On the way forward the clock of the work ends
 * that; on the way back it is told after a while, and tried again.
 */
export async function untilProvisioned(
  target: TargetState,
  fn: FunctionLedger,
  version: string,
  { rollback }: { rollback: boolean } = { rollback: false },
): Promise<void> {
  const wanted = fn.provisioned.get(version)?.asked.at(-1) ?? 0;
  if (wanted === 0) return;
  const what = `the provisioned concurrency of version ${version} of ${fn.name}`;
  target.notice(
    what,
    `Version ${version} of ${fn.name} gets no traffic before AWS has its provisioned concurrency of ${wanted} ready.`,
  );
  const asking = rollback ? reading : waiting;
  try {
    await asking(`wait until version ${version} of ${fn.name} has its ${wanted}`).awaitProvisioned({
      ...fn.access,
      ...(rollback && { rollback }),
      version,
      wanted,
    });
  } finally {
    target.notice(what, undefined);
  }
}

/** Somebody else has changed it, or deleted the version. */
export function foreignProvisioned(
  fn: FunctionLedger,
  version: string,
  found: { result: 'changed'; found: number } | { result: 'gone' },
): Failure {
  const { before, asked } = fn.provisioned.get(version) ?? { before: 0, asked: [] };
  const expected = [...new Set([before, ...asked])].join(' or ');
  const is = found.result === 'gone' ? 'the version no longer exists' : `it is ${found.found}`;
  return {
    code: 'foreignChange',
    message: `Someone else changed the provisioned concurrency of version ${version} of ${fn.name} during the deployment: ${is}, and ${expected} was expected.`,
    remedy: 'Nothing was written over it. Find out who changed it.',
    target: fn.access.target,
    function: fn.name,
  };
}

/**
 * A version keeps what the alias of the plan does not need.
 *
 * @param why - a sentence, or who else uses it
 */
export function left(
  fn: FunctionLedger,
  version: string,
  why: string | Extract<Provision, { result: 'serves' }>,
): Failure {
  const { before, asked } = fn.provisioned.get(version) ?? { before: 0, asked: [] };
  const { target, region } = fn.access;
  const because = typeof why === 'string' ? why : `It serves ${why.aliases.join(', ')}.`;
  return {
    code: 'concurrencyLeft',
    message: `Version ${version} of ${fn.name} keeps its provisioned concurrency of ${Math.max(before, ...asked)}. ${because}`,
    remedy: `Where nobody needs it, take it away with \`${deletionCommand(fn.name, region, version)}\`: it costs.`,
    target,
    function: fn.name,
  };
}
