import type { Failure } from '../../domain/failures.js';
import type { Restored } from '../../domain/status.js';
import { foreignWide, WIDE, wideDifference, type WideName } from '../../domain/wideSettings.js';
import { foreignOf, wideChange, writeWide } from '../function/wide.js';
import { unlessForeign } from '../function/write.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { rollingBack } from '../temporal/activities.js';
import { FailureError, isFinal, toFailure } from '../temporal/failure.js';
import { inOne } from './restoreLatest.js';

/**
 * Gives back what belongs to the whole function, right after the traffic: AWS changes no runtime while
 * one of its versions is prescribed. What AWS refuses keeps nothing else from going back, and is tried
 * again by {@link restoreWideLeft}.
 */
export async function restoreWide(target: TargetState, fn: FunctionLedger): Promise<Restored[]> {
  return restore(target, fn, { impatient: true });
}

/**
 * What was reserved for the function, where it became less when the old version had lost its provisioned
 * concurrency: it is more again before that version gets it back. Where AWS refuses that,
 * {@link restoreWide} tries it again.
 */
export async function restoreReservedFirst(
  target: TargetState,
  fn: FunctionLedger,
): Promise<Restored[]> {
  const name = 'reservedConcurrency';
  if (!fn.isReservedLast || !fn.touched.wide.includes(name)) return [];
  await giveBack(target, fn, name, true);
  return [];
}

/**
 * The same for what AWS has refused, when everything else is back: it reserves no less than what
 * versions have as provisioned concurrency, also one that an alias served that was created.
 *
 * @throws FailureError with what AWS refuses still
 */
export async function restoreWideLeft(
  target: TargetState,
  fn: FunctionLedger,
): Promise<Restored[]> {
  return restore(target, fn, { impatient: false });
}

async function restore(
  target: TargetState,
  fn: FunctionLedger,
  { impatient }: { impatient: boolean },
): Promise<Restored[]> {
  const names = fn.wideLeft ?? fn.touched.wide;
  const isRemoved = fn.touched.created && fn.restored.has('what was created');
  if (names.length === 0 || isRemoved) return [];
  const refused = new Map<WideName, Failure>();
  for (const name of names) {
    const failure = await giveBack(target, fn, name, impatient);
    if (failure !== undefined) refused.set(name, failure);
  }
  fn.wideLeft = [...refused.keys()];
  const [first, ...others] = refused.values();
  if (first === undefined) return fn.isWideForeign ? [] : ['function-wide settings'];
  if (impatient) return [];
  throw new FailureError(inOne(first, others));
}

/** @returns what keeps it, where trying the same again cannot help */
async function giveBack(
  target: TargetState,
  fn: FunctionLedger,
  name: WideName,
  impatient: boolean,
): Promise<Failure | undefined> {
  const { before: wanted, wanted: before } = wideChange(fn, name);
  const summary = `give the ${WIDE[name].said} of ${fn.name} back`;
  const task = async (): Promise<void> => {
    const found = await writeWide(fn, (access) =>
      rollingBack(summary).updateWide({
        ...access,
        rollback: true,
        ...(impatient && { impatient }),
        name,
        before,
        wanted,
      }),
    );
    if (wideDifference(name, found, wanted) === undefined) return;
    if (foreignWide(name, found, { before, wanted }) === undefined) throw stays(fn, name);
    throw new FailureError(foreignOf(fn, name, found, { before: wanted, wanted: before }));
  };
  try {
    if (!(await unlessForeign(target, task))) fn.isWideForeign = true;
    return undefined;
  } catch (error) {
    if (!(error instanceof FailureError || isFinal(error))) throw error;
    return toFailure(error);
  }
}

function stays(fn: FunctionLedger, name: WideName): FailureError {
  return new FailureError({
    code: 'notRestored',
    message: `The ${WIDE[name].said} of ${fn.name} stays what the deployment has made it, although AWS has accepted all that was to put it back.`,
    target: fn.access.target,
    function: fn.name,
  });
}
