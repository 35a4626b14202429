import { isCancellation } from '@temporalio/workflow';
import type { KeptCode } from '../../activities/keepCode.js';
import type { Failure } from '../../domain/failures.js';
import { writesCode } from '../../domain/release.js';
import { MAX_DIRECT_UPLOAD, transferTimeoutMs } from '../../domain/requestTimeout.js';
import { sizeText } from '../../domain/sizeText.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { keepingCode } from '../temporal/activities.js';
import { FailureError, toFailure } from '../temporal/failure.js';
import { together } from '../temporal/together.js';

/**
 * Has the code that will be replaced kept, before the first write, where the plan names a place for
 * it: a rollback then sends none.
 *
 * @throws FailureError `codeNotKept` where it could not be put back in another way either
 */
export async function keepReplaced(target: TargetState): Promise<void> {
  const replaced = target.changing.filter(isToBeKept);
  if (replaced.length === 0) return;
  const names = replaced.map(({ name }) => name).join(', ');
  target.say('checking', `keeping the code of ${names} that is to be replaced`);
  await together(replaced.map((fn) => () => keep(target, fn)));
}

function isToBeKept(fn: FunctionLedger): boolean {
  const { source, version, snapshot, inspection, keptCode, keptVersion } = fn;
  const { latest } = snapshot;
  const isWritten = (source.publishedVersion ?? keptVersion ?? version) === undefined;
  if (source.plan.replacedCode === undefined || !isWritten || latest === undefined) return false;
  // Of an image AWS says which one it is, and fetches it itself.
  if (latest.image === true) return false;
  // Somebody may have changed it since it was kept, while the target waited.
  const isKept = keptCode === latest.codeSha256;
  return !isKept && inspection.latest !== undefined && writesCode(inspection.latest);
}

async function keep(target: TargetState, fn: FunctionLedger): Promise<void> {
  const kept = await attempt(fn);
  fn.keptCode = fn.snapshot.latest?.codeSha256;
  fn.recordedPackage = 'recorded' in kept ? kept.recorded : undefined;
  if (!('failure' in kept)) return;
  const isSendable = mayBeSent(fn, kept);
  const warning = described(fn, kept.failure, consequence(fn, isSendable));
  if (!isSendable && !fn.shiftable) throw new FailureError(warning);
  target.notice(`the code of ${fn.name}`, warning.message);
  target.warn(warning);
}

async function attempt({ access, name, source, snapshot }: FunctionLedger): Promise<KeptCode> {
  const { replacedCode = '' } = source.plan;
  const timeoutMs = transferTimeoutMs(snapshot.latest?.codeBytes ?? Infinity);
  try {
    return await keepingCode(timeoutMs, `keep the code of ${name}`).keepCode({
      ...access,
      replacedCode,
    });
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { failure: toFailure(error) };
  }
}

/** A link that is too slow for a copy is too slow for sending the same in a request. */
function mayBeSent(
  { snapshot }: FunctionLedger,
  { isTooSlow }: Extract<KeptCode, { failure: Failure }>,
): boolean {
  return isTooSlow !== true && (snapshot.latest?.codeBytes ?? 0) <= MAX_DIRECT_UPLOAD;
}

function consequence({ shiftable, snapshot }: FunctionLedger, isSendable: boolean): string {
  const { codeBytes = 0 } = snapshot.latest ?? {};
  if (isSendable) return `Going back would send ${sizeText(codeBytes)} through a worker.`;
  const lost = 'A rollback would have to send it, and could not';
  return shiftable
    ? `${lost}: the alias would have its traffic back, and $LATEST not its code.`
    : `${lost}; and without an alias the new code would go on serving.`;
}

function described(fn: FunctionLedger, failure: Failure, so: string): Failure {
  return {
    ...failure,
    code: 'codeNotKept',
    message: `The code of ${fn.name} that is to be replaced could not be kept. ${failure.message} ${so}`,
    target: fn.access.target,
    function: fn.name,
  };
}
