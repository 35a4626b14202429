import type { FunctionSnapshot, ObservedSettings, VersionState } from '../domain/functions.js';
import { differingSettings } from '../domain/functions.js';
import type { RestorePlan } from '../domain/plan.js';
import type { FunctionAccess } from './access.js';
import { activityFailure } from './awsFailure.js';
import { versionState } from './functionState.js';
import { type Inspection, takeSnapshot } from './inspect.js';
import { assertReadable } from './readable.js';
import { findSettled } from './reading.js';
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
    const found = await findSettled(api, version);
    if (found === undefined) throw gone(input);
    const state = versionState(found, input.deploymentId);
    const snapshot = await takeSnapshot(api, input, alias);
    assertLeft(input, snapshot);
    return alias === undefined
      ? latestAgainst(input, state, snapshot)
      : aliasAgainst(state, snapshot);
  };
}

/** Somebody may have given the alias another version since: that is not overwritten unasked. */
function assertLeft(
  { plan, function: name, target }: InspectVersionInput,
  { alias }: FunctionSnapshot,
) {
  const { insteadOf, version } = plan;
  if (alias === undefined || insteadOf === undefined) return;
  if (alias.version === insteadOf || alias.version === version) return;
  throw activityFailure(
    {
      code: 'foreignChange',
      message: `Someone else changed alias ${plan.alias ?? ''} of ${name} since: it serves version ${alias.version}, and the deployment had left version ${insteadOf}.`,
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
  { version, codeSha256 }: VersionState,
  snapshot: FunctionSnapshot,
): Inspection {
  const changes = { code: snapshot.alias?.version !== version, settings: [] };
  return { snapshot, wanted: {}, wantedCode: codeSha256, latest: changes, served: changes };
}

function latestAgainst(
  input: InspectVersionInput,
  state: VersionState,
  snapshot: FunctionSnapshot,
): Inspection {
  // No plan owns the queue.
  const { deadLetterQueue: _, ...settings } = state.settings;
  const wanted: Partial<ObservedSettings> = settings;
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
    ...(changes && { latest: changes, served: changes }),
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
