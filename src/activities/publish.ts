import { PublishVersionCommand } from '@aws-sdk/client-lambda';
import type { FunctionState, VersionState } from '../domain/functions.js';
import type { FunctionAccess } from './access.js';
import { isAwsError } from './awsFailure.js';
import { functionState, versionState } from './functionState.js';
import type { LambdaApi } from './lambdaApi.js';
import { publishedVersion, settledFunction, succeeded } from './reading.js';
import { done, moved, type MutationResult } from './results.js';
import type { Tools } from './tools.js';

export interface PublishInput extends FunctionAccess {
  revisionId: string;
  /** AWS refuses to publish anything else. */
  codeSha256: string;
  description: string;
  /** The version is the one that the plan wants: the values in it count as wanted from then on. */
  isWanted?: true;
}

/** A published version, and `$LATEST` after it: publishing changes its revision. */
export interface Published extends FunctionState {
  version: VersionState;
}

/**
 * Publishes `$LATEST` as a version. AWS answers with the latest version when it has the same code and
 * settings, so a lost answer does no harm. Whether it is ready, the answer says: that may take
 * minutes, and the workflow waits for it (awaitVersion.ts), unless it goes back.
 */
export function publishVersion(tools: Tools) {
  return async function publishVersion(
    input: PublishInput,
  ): Promise<MutationResult<FunctionState | Published>> {
    const api = tools.lambda(input);
    const read = async (): Promise<FunctionState> =>
      functionState(await settledFunction(api), input.deploymentId);
    const present = await read();
    if (present.revisionId !== input.revisionId) return moved(present);
    try {
      const number = await publish(api, input);
      const look = input.rollback === true ? succeeded : publishedVersion;
      const version = versionState(await look(api, number), input.deploymentId);
      return done({ ...(await read()), version });
    } catch (error) {
      if (isAwsError(error, 'PreconditionFailedException')) return moved(await read());
      throw error;
    }
  };
}

async function publish(api: LambdaApi, input: PublishInput): Promise<string> {
  const doing = `publish a version of ${input.function}`;
  const { Version = '' } = await api.mutate(doing, (client, options) =>
    client.send(
      new PublishVersionCommand({
        FunctionName: input.function,
        RevisionId: input.revisionId,
        CodeSha256: input.codeSha256,
        Description: input.description,
      }),
      options,
    ),
  );
  return Version;
}
