import { CreateAliasCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda';
import {
  sameShape,
  type AliasShape,
  type AliasState,
  type FunctionState,
} from '../domain/functions.js';
import type { ObservedSettings } from '../domain/functionSettings.js';
import { differingSettings } from '../domain/settingSelection.js';
import { markText, readMark, withHolder } from '../domain/marks.js';
import type { FunctionAccess } from './access.js';
import { created, type Created } from './answered.js';
import { activityFailure, isAwsError } from './awsFailure.js';
import { markedSettings } from './environmentMarks.js';
import { aliasState, functionState } from './functionState.js';
import type { LambdaApi } from './lambdaApi.js';
import { aliasVersionGone } from './gone.js';
import { findAlias, findFunction, settledFunction } from './reading.js';
import { done, moved, type MutationResult } from './results.js';
import type { Tools } from './tools.js';

export interface CreateAliasInput extends FunctionAccess {
  alias: string;
  version: string;
}

export interface UpdateAliasInput extends FunctionAccess {
  alias: string;
  shape: AliasShape;
  /** The shape is this deployment's split: the alias says so, as long as it lasts. */
  split?: true;
  revisionId: string;
  /** What `$LATEST` has to be: where it is anything else, nothing is written. */
  latest?: { codeSha256: string; settings: Partial<ObservedSettings> };
  /** A revision that must not stay, even where the shape is the wanted one already. */
  fence?: string;
}

/** `foreign`: what `$LATEST` is instead, and nothing was written. */
export type UpdatedAlias = MutationResult<AliasState> & { foreign?: FunctionState };

/** Creates an alias, marked with the deployment. CreateAlias takes no revision. */
export function createAlias(tools: Tools) {
  return async function createAlias(input: CreateAliasInput): Promise<Created<AliasState>> {
    const api = tools.lambda(input);
    const existing = await findAlias(api, input.alias);
    if (existing === undefined) return created(await create(api, input));
    const state = aliasState(existing);
    const ours = readMark(state.description)?.deploymentId === input.deploymentId;
    if (ours && sameShape(state, { version: input.version, weights: {} })) return created(state);
    throw aliasFailure(
      input,
      `Alias ${input.alias} of ${input.function} did not exist when the deployment started, and someone else has created it since.`,
    );
  };
}

async function create(api: LambdaApi, input: CreateAliasInput): Promise<AliasState> {
  const doing = `create alias ${input.alias} of ${input.function}`;
  const made = await api.mutate(doing, (client, options) =>
    client.send(
      new CreateAliasCommand({
        FunctionName: input.function,
        Name: input.alias,
        FunctionVersion: input.version,
        Description: markText({ deploymentId: input.deploymentId }),
      }),
      options,
    ),
  );
  return aliasState(made);
}

/** Gives an alias the wanted version and weights, in one request. */
export function updateAlias(tools: Tools) {
  return async function updateAlias(input: UpdateAliasInput): Promise<UpdatedAlias> {
    const api = tools.lambda(input);
    const foreign = await foreignContent(tools, api, input);
    const present = await existingAlias(api, input);
    if (foreign !== undefined) return { ...moved(present), foreign };
    const stays = present.revisionId === input.fence;
    if (isAsWanted(present, input) && !stays) return done(present);
    if (present.revisionId !== input.revisionId) return moved(present);
    if (input.rollback === true) await assertVersions(api, input);
    try {
      return done(await update(api, input, present));
    } catch (error) {
      if (!isAwsError(error, 'PreconditionFailedException')) throw error;
      // What was in the way may be this very change: an earlier attempt's request that came late.
      const seen = await existingAlias(api, input);
      return isAsWanted(seen, input) ? done(seen) : moved(seen);
    }
  };
}

/** What an alias is to go back to may have been deleted while nothing pointed at it. */
async function assertVersions(api: LambdaApi, input: UpdateAliasInput): Promise<void> {
  const { version, weights } = input.shape;
  for (const one of [version, ...Object.keys(weights)]) {
    if ((await findFunction(api, one)) === undefined) throw aliasVersionGone(input, one);
  }
}

/** A split says of nobody else that it is theirs, and what is no longer split says it of nobody. */
function isAsWanted({ holder, ...seen }: AliasState, input: UpdateAliasInput): boolean {
  const isOwn =
    input.split === true &&
    holder?.deploymentId === input.deploymentId &&
    holder.target === input.target;
  return sameShape(seen, input.shape) && (holder === undefined || isOwn);
}

async function foreignContent(
  tools: Tools,
  api: LambdaApi,
  { latest, deploymentId }: UpdateAliasInput,
): Promise<FunctionState | undefined> {
  if (latest === undefined) return undefined;
  const seen = functionState(await settledFunction(api), deploymentId);
  const settings = await markedSettings(tools, api.access, seen.settings);
  const differs = differingSettings(settings, latest.settings).length > 0;
  return seen.codeSha256 === latest.codeSha256 && !differs ? undefined : seen;
}

async function update(
  api: LambdaApi,
  input: UpdateAliasInput,
  present: AliasState,
): Promise<AliasState> {
  const doing = `move the traffic of ${input.function} on alias ${input.alias}`;
  const updated = await api.mutate(doing, (client, options) =>
    client.send(
      new UpdateAliasCommand({
        FunctionName: input.function,
        Name: input.alias,
        FunctionVersion: input.shape.version,
        // AWS does not say that it stays where it is left out; it may carry somebody's mark.
        Description: described(input, present),
        // Weights that are merely left out stay; an empty map clears them.
        RoutingConfig: { AdditionalVersionWeights: input.shape.weights },
        RevisionId: input.revisionId,
      }),
      options,
    ),
  );
  return aliasState(updated);
}

/** What people have written stays; whose the split is, is said as long as there is one. */
function described(input: UpdateAliasInput, { description }: AliasState): string {
  return input.split === true ? withHolder(description, input) : description;
}

async function existingAlias(api: LambdaApi, input: UpdateAliasInput): Promise<AliasState> {
  const alias = await findAlias(api, input.alias);
  if (alias !== undefined) return aliasState(alias);
  throw aliasFailure(
    input,
    `Alias ${input.alias} of ${input.function} no longer exists: someone deleted it during the deployment.`,
  );
}

function aliasFailure({ target, function: name }: FunctionAccess, message: string): Error {
  return activityFailure(
    { code: 'foreignChange', message, target, function: name },
    { retryable: false },
  );
}
