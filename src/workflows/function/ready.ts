import type { Failure } from '../../domain/failures.js';
import { readyText, type Unready, type VersionState } from '../../domain/functions.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { waiting } from '../temporal/activities.js';
import { FailureError } from '../temporal/failure.js';

type Version = Pick<VersionState, 'version' | 'unready'>;

/**
 * Waits until AWS can invoke a version that is to have its first traffic. Mostly that is so at once;
 * a snapshot (SnapStart) takes minutes. It is work, so the deployment's timeout limits it.
 *
 * A version that was idle for weeks fails its next invocation. A new one does not get traffic then;
 * one that an operator wants back does, because that keeps more than one invocation from failing, and
 * the first wakes it. The same goes for the version that a rollback gives traffic back to: nothing is
 * waited for there at all.
 */
export async function waitUntilReady(
  target: TargetState,
  fn: FunctionLedger,
  version: Version,
): Promise<void> {
  const found = await settled(target, fn, version);
  if (found === undefined) return;
  const idle = inactive(fn, version.version, found);
  if (fn.source.publishedVersion === undefined) throw new FailureError(idle);
  target.warn(idle);
}

/** The same for the version to go back to, which may as well be idle: it has had its first traffic. */
export async function waitUntilMade(
  target: TargetState,
  fn: FunctionLedger,
  version: Version,
): Promise<void> {
  await settled(target, fn, version);
}

async function settled(
  target: TargetState,
  fn: FunctionLedger,
  { version, unready }: Version,
): Promise<Unready | undefined> {
  if (unready === undefined || unready.state === 'Inactive') return unready;
  const what = `version ${version} of ${fn.name}`;
  const text = `waits until AWS has ${readyText(unready, what)}`;
  target.notice(what, `${target.name} ${text}, since ${new Date().toISOString()}.`);
  try {
    return await waiting(text).awaitVersion({ ...fn.access, version });
  } finally {
    target.notice(what, undefined);
  }
}

function inactive(
  { name, access: { target, region } }: FunctionLedger,
  version: string,
  { reason }: Unready,
): Failure {
  const why = reason === undefined ? '' : `: ${reason}`;
  return {
    code: 'updateFailed',
    message: `Version ${version} of ${name} in ${region} is inactive, so that its next invocation would fail${why}`,
    remedy: `Invoke it once, such as with \`aws lambda invoke --function-name ${name} --qualifier ${version} /dev/null\`, and deploy again when it is active.`,
    target,
    function: name,
  };
}
