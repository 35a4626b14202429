import { isCancellation } from '@temporalio/workflow';
import { defined } from '../../domain/defined.js';
import type { Failure } from '../../domain/failures.js';
import { MAX_DELETED_VERSIONS } from '../../domain/oldVersions.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { tidying } from '../temporal/activities.js';
import { toFailure } from '../temporal/failure.js';

/**
 * Deletes old versions of the functions whose plan says how many are kept, once nothing can be rolled
 * back any more. It never fails: what could not be deleted is told, and left to the next deployment.
 */
export async function deleteOldVersions(target: TargetState): Promise<void> {
  let left = MAX_DELETED_VERSIONS;
  for (const fn of target.functions) {
    const { keepVersions: keep } = fn.source;
    if (keep === undefined || left === 0) continue;
    target.say('afterDeployment', `deleting old versions of ${fn.name}`);
    await deleteOf(target, fn, { keep, limit: left });
    left -= fn.deletedVersions.length;
  }
}

async function deleteOf(
  target: TargetState,
  fn: FunctionLedger,
  { keep, limit }: { keep: number; limit: number },
): Promise<void> {
  const failed: { versions: string[]; first?: Failure } = { versions: [] };
  try {
    const { versions } = await tidying(`find old versions of ${fn.name}`).findOldVersions({
      ...fn.access,
      keep,
      kept: keptVersions(fn),
      limit,
    });
    for (const version of versions) {
      const failure = await deleteOne(fn, version, keep);
      if (failure === undefined) continue;
      failed.versions.push(version);
      failed.first ??= failure;
      // AWS refuses one for what it is, such as a replica of Lambda@Edge; the rest fails for all.
      if (failure.code !== 'awsRefused') break;
    }
  } catch (error) {
    if (isCancellation(error)) throw error;
    failed.first = toFailure(error);
  }
  if (failed.first !== undefined) target.warn(notDeleted(fn, failed.versions, failed.first));
}

async function deleteOne(
  fn: FunctionLedger,
  version: string,
  keep: number,
): Promise<Failure | undefined> {
  try {
    const { result } = await tidying(`delete version ${version} of ${fn.name}`).removeVersion({
      ...fn.access,
      version,
      keep,
    });
    if (result === 'removed') fn.deletedVersions.push(version);
    return undefined;
  } catch (error) {
    if (isCancellation(error)) throw error;
    return toFailure(error);
  }
}

/** What serves, and what there is to go back to. */
function keptVersions({ version, baseline, servedVersion, readBack }: FunctionLedger): string[] {
  const kept = [version, baseline, servedVersion, readBack?.alias?.version];
  return [...new Set(kept.filter((one) => one !== undefined))];
}

function notDeleted(
  { name, access: { target } }: FunctionLedger,
  versions: readonly string[],
  { message, remedy }: Failure,
): Failure {
  const which = versions.length === 0 ? '' : ` ${versions.join(', ')}`;
  return {
    code: 'versionsNotDeleted',
    message: `Old versions${which} of ${name} could not be deleted. ${message}`,
    ...defined({ remedy }),
    target,
    function: name,
  };
}
