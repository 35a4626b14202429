import { noRoom, publishedBytes } from '../../domain/roomForCode.js';
import type { TargetState } from '../state/targetState.js';
import { reading } from '../temporal/activities.js';
import { FailureError } from '../temporal/failure.js';

/**
 * Looks, before the first write, whether the account has room for the versions that are to be
 * published: AWS would refuse them in the middle of the release.
 */
export async function assertRoom(target: TargetState): Promise<void> {
  const publishing = target.changing.filter(({ keptVersion }) => keptVersion === undefined);
  const bytes = publishing.reduce(
    (sum, { inspection, source }) => sum + publishedBytes(inspection, source.codeBytes(inspection)),
    0,
  );
  if (bytes === 0) return;
  const { region } = target.access;
  const { roomForCode } = await reading(
    `see how much room for code there is in ${region}`,
  ).inspectPlace(target.access);
  const failure = noRoom(bytes, roomForCode, { name: target.name, region });
  if (failure !== undefined) throw new FailureError(failure);
}
