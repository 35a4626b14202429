import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import type { FunctionState } from '../domain/functions.js';
import { isAwsError } from './awsFailure.js';
import { functionState } from './functionState.js';
import type { LambdaApi, Send } from './lambdaApi.js';
import { settledFunction, succeeded, type SettledFunction } from './reading.js';
import { done, moved, type MutationResult } from './results.js';

export interface LatestChange {
  /** From the workflow's ledger. */
  revisionId: string;
  /** A revision that must not stay, even where everything is as wanted already. */
  fence?: string | undefined;
  /** Whether a state is what the change brings about. */
  holds: (state: FunctionState) => boolean;
  /** As a phrase that follows "could not". */
  doing: string;
  /** Makes the request for the function as it is, once it is known that it is needed. */
  prepare: (present: SettledFunction) => Promise<Send<unknown>>;
}

/** Changes nothing but the revision, with the lightest request that AWS takes. */
function sameAgain({ access }: LambdaApi, { revisionId, settings }: FunctionState): Send<unknown> {
  const command = new UpdateFunctionConfigurationCommand({
    FunctionName: access.function,
    RevisionId: revisionId,
    Timeout: settings.timeout,
  });
  return (client, options) => client.send(command, options);
}

/**
 * Changes `$LATEST` and waits until AWS has carried it out. What holds already, because an earlier
 * attempt's answer was lost, is adopted; and only the revision that the workflow knows is replaced.
 */
export async function changeLatest(
  api: LambdaApi,
  { revisionId, fence, holds, doing, prepare }: LatestChange,
): Promise<MutationResult<FunctionState>> {
  const { deploymentId } = api.access;
  const found = await settledFunction(api);
  const present = functionState(found, deploymentId);
  const isAsWanted = holds(present);
  // What AWS failed to carry out is written again, although it looks as wanted.
  const isThere = isAsWanted && present.failed === undefined;
  if (isThere && present.revisionId !== fence) return done(present);
  // An earlier attempt has sent it, and so moved the revision: the content is this change's own.
  const isSentAgain = isAsWanted && !isThere;
  if (present.revisionId !== revisionId && !isSentAgain) return moved(present);
  try {
    await api.mutate(doing, isThere ? sameAgain(api, present) : await prepare(found));
  } catch (error) {
    if (!isAwsError(error, 'PreconditionFailedException')) throw error;
    // What was in the way may be this very change: an earlier attempt's request that came late.
    const seen = functionState(await settledFunction(api), deploymentId);
    return holds(seen) && seen.failed === undefined ? done(seen) : moved(seen);
  }
  const after = functionState(await succeeded(api, undefined, { again: true }), deploymentId);
  return holds(after) ? done(after) : moved(after);
}
