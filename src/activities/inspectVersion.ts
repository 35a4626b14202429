import { defined } from '../domain/defined.js';
import { versionText, type FunctionSnapshot, type VersionState } from '../domain/functions.js';
import { UNREADABLE, type ObservedSettings } from '../domain/functionSettings.js';
import type { RestorePlan } from '../domain/plan.js';
import { sameContent } from '../domain/sameContent.js';
import { differingSettings, pickSettings, PUBLISHED_SETTINGS } from '../domain/settingSelection.js';
import type { FunctionAccess } from './access.js';
import { activityFailure } from './awsFailure.js';
import { functionState, versionState } from './functionState.js';
import { type Inspection, takeSnapshot } from './inspect.js';
import { assertImageThere } from './imageSource.js';
import { assertReadable } from './readable.js';
import type { LambdaApi } from './lambdaApi.js';
import { findFunction, findSettledFunction, type SettledFunction } from './reading.js';
import type { Tools } from './tools.js';

export interface InspectVersionInput extends FunctionAccess {
  plan: RestorePlan;
}

/**
 * Reads one function, and compares it with the published version whose code and settings it is to
 * have again. Writes nothing.
 */
export function inspectVersion(tools: Tools) {
  return async function inspectVersion(input: InspectVersionInput): Promise<Inspection> {
    const api = tools.lambda(input);
    const { alias, version } = input.plan;
    // What an alias only has to serve need not be ready yet: the target waits for that.
    const look = alias === undefined ? findSettledFunction : findFunction;
    const found = await look(api, version);
    if (found?.Configuration === undefined) throw gone(input);
    const state = versionState(found as SettledFunction, input.deploymentId);
    const snapshot = await takeSnapshot(tools, api, defined({ alias }));
    await assertLeft(api, input, state, snapshot);
    if (alias !== undefined) return aliasAgainst(state, snapshot);
    const inspection = latestAgainst(input, state, snapshot);
    const { imageUri } = state;
    // Otherwise it would be found when everything else has been written.
    if (imageUri !== undefined && inspection.latest?.code === true) {
      await assertImageThere(tools, input, imageUri);
    }
    return inspection;
  };
}

/** Somebody may have changed it since the deployment left it: that is not overwritten unasked. */
async function assertLeft(
  api: LambdaApi,
  input: InspectVersionInput,
  state: VersionState,
  snapshot: FunctionSnapshot,
): Promise<void> {
  const { insteadOf, alias } = input.plan;
  if (insteadOf === undefined) return;
  if (alias === undefined) await assertLatestLeft(api, input, state, snapshot, insteadOf);
  else assertAliasLeft(input, snapshot, insteadOf);
}

function assertAliasLeft(
  input: InspectVersionInput,
  { alias }: FunctionSnapshot,
  insteadOf: string,
): void {
  const { plan, function: name } = input;
  if (alias === undefined || [insteadOf, plan.version].includes(alias.version)) return;
  throw changedSince(
    input,
    `Someone else changed alias ${plan.alias ?? ''} of ${name} since: it serves ${versionText(alias.version)}, and the deployment had left version ${insteadOf}.`,
  );
}

/** What a deployment leaves on `$LATEST` is what it published. */
async function assertLatestLeft(
  api: LambdaApi,
  input: InspectVersionInput,
  state: VersionState,
  { latest }: FunctionSnapshot,
  insteadOf: string,
): Promise<void> {
  if (latest === undefined || sameContent(latest, state)) return;
  const left = await findSettledFunction(api, insteadOf);
  if (left !== undefined && sameContent(latest, functionState(left, input.deploymentId))) return;
  const why =
    left === undefined
      ? `version ${insteadOf}, which the deployment had left, does not exist (any more)`
      : `its code or its settings are not those of version ${insteadOf}, which the deployment had left`;
  throw changedSince(
    input,
    `Someone else may have changed ${input.function} in ${input.region} since: ${why}.`,
  );
}

function changedSince({ function: name, target }: InspectVersionInput, message: string): Error {
  return activityFailure(
    {
      code: 'foreignChange',
      message,
      remedy:
        'Nothing was written over it. To give back all the same, name the earlier deployment with `sluice deploy rollback --to`.',
      target,
      function: name,
    },
    { retryable: false },
  );
}

/** The version is there as it is: what counts is which one the alias serves. */
function aliasAgainst(
  { version, codeSha256, unready }: VersionState,
  snapshot: FunctionSnapshot,
): Inspection {
  const changes = { code: snapshot.alias?.version !== version, settings: [] };
  return {
    snapshot,
    wanted: {},
    wantedCode: codeSha256,
    ...defined({ unready }),
    latest: changes,
    served: changes,
  };
}

function latestAgainst(
  input: InspectVersionInput,
  state: VersionState,
  snapshot: FunctionSnapshot,
): Inspection {
  const wanted = wantedOf(state);
  const { latest } = snapshot;
  for (const one of [state, latest]) {
    if (one !== undefined) assertReadable(input, one, wanted);
  }
  const changes = latest && {
    code: latest.codeSha256 !== state.codeSha256 || latest.failed === true,
    settings: differingSettings(latest.settings, wanted),
  };
  return {
    snapshot,
    wanted,
    wantedCode: state.codeSha256,
    ...defined({ wantedCodeBytes: state.codeBytes }),
    ...(changes && { latest: changes, served: changes }),
  };
}

/** A key that nobody may see is not compared; keptWithCode.ts knows whether it may stay. */
function wantedOf({ settings }: VersionState): Partial<ObservedSettings> {
  const { sourceKmsKeyArn, ...wanted } = pickSettings(settings, PUBLISHED_SETTINGS);
  return {
    ...wanted,
    ...(sourceKmsKeyArn !== UNREADABLE && defined({ sourceKmsKeyArn })),
  };
}

function gone({ function: name, plan: { version }, region, target }: InspectVersionInput): Error {
  return activityFailure(
    {
      code: 'notRestored',
      message: `Version ${version} of ${name} does not exist in ${region} (any more), so it cannot be given back.`,
      remedy: 'Deploy what it was made of, with a file or with `sluice deploy redeploy`.',
      target,
      function: name,
    },
    { retryable: false },
  );
}
