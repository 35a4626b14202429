import { versionText, type AliasShape, type AliasState } from '../../domain/functions.js';
import type { Failure } from '../../domain/failures.js';
import { pickSettings } from '../../domain/settingSelection.js';
import type { Restored } from '../../domain/status.js';
import { foreignAlias, ownedSettings } from '../function/foreign.js';
import { write } from '../function/write.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import { rollingBack } from '../temporal/activities.js';
import { FailureError, isFinal, toFailure } from '../temporal/failure.js';
import { isOurs } from './restoreTraffic.js';

/**
 * Points an alias at `$LATEST` again that had served it before, once `$LATEST` is what it was: that
 * is looked at right before. Where it is something else, by whomever, the alias stays on the
 * baseline, and so serves what it served before.
 */
export async function unpin(target: TargetState, fn: FunctionLedger): Promise<Restored[]> {
  if (fn.pinned === undefined) return [];
  const pinned = fn.madeAgain ?? fn.pinned;
  try {
    await pointAtLatest(fn, pinned);
  } catch (error) {
    // The traffic is what it was, and waits for nobody.
    if (!(error instanceof FailureError || isFinal(error))) throw error;
    fn.staysPinned = true;
    target.warn(stays(fn, pinned, toFailure(error)));
  }
  return [];
}

async function pointAtLatest(fn: FunctionLedger, pinned: AliasShape): Promise<void> {
  const { aliasName: alias = '', alias: from } = fn;
  const { latest: before, trafficBefore: shape } = fn.snapshot;
  if (before === undefined || shape === undefined || from === undefined) return;
  const { codeSha256 } = before;
  const latest = { codeSha256, settings: pickSettings(before.settings, ownedSettings(fn)) };
  fn.alias = await write<AliasState>({
    fn,
    resource: 'alias',
    from,
    send: async (revisionId) => {
      const answer = await rollingBack(`point ${alias} of ${fn.name} at $LATEST again`).updateAlias(
        {
          ...fn.access,
          rollback: true,
          alias,
          shape: { version: shape.version, weights: shape.weights },
          revisionId,
          latest,
        },
      );
      if (answer.foreign === undefined) return answer;
      throw new FailureError({
        code: 'notRestored',
        message: '$LATEST is not what it was before.',
      });
    },
    expected: (seen) => isOurs(fn, seen),
    foreign: foreignAlias(fn, pinned),
    note: (seen) => (fn.seen = seen),
  });
}

function stays(fn: FunctionLedger, { version }: AliasShape, why: Failure): Failure {
  if (why.code === 'foreignChange') return why;
  const { name, aliasName: alias = '', access } = fn;
  return {
    code: 'notRestored',
    message: `Alias ${alias} of ${name} served $LATEST, and is left at ${versionText(version)}, which has the code and settings of then. ${why.message}`,
    remedy: `To serve $LATEST again, put it in order and point ${alias} at it by hand.`,
    target: access.target,
    function: name,
  };
}
