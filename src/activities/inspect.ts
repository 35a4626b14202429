import { ApplicationFailure } from '@temporalio/common';
import { defined } from '../domain/defined.js';
import type { FunctionPlan } from '../domain/plan.js';
import { readMark } from '../domain/marks.js';
import type { PinnedPackage } from '../domain/packages.js';
import type {
  AliasShape,
  AliasState,
  Changes,
  FunctionSnapshot,
  FunctionState,
  Unready,
  VersionState,
} from '../domain/functions.js';
import type { ObservedSettings } from '../domain/functionSettings.js';
import { sameContent } from '../domain/sameContent.js';
import {
  differingSettings,
  pickSettings,
  UNPUBLISHED_SETTINGS,
} from '../domain/settingSelection.js';
import { sideBySide } from '../domain/sideBySide.js';
import type { FunctionAccess } from './access.js';
import { aliasState, functionState, versionState, wantedSettings } from './functionState.js';
import type { LambdaApi } from './lambdaApi.js';
import { otherHolder } from './holder.js';
import { assertSameKind } from './packageType.js';
import { readWide } from './lambdaWide.js';
import { assertReadable } from './readable.js';
import { refersToPackage } from './keptWithCode.js';
import { provisionedIn } from './provisioned.js';
import {
  findAlias,
  findSettledFunction,
  settledFunction,
  type SettledFunction,
} from './reading.js';
import type { VersionedSecrets } from './secrets/secretStore.js';
import type { Tools } from './tools.js';

export interface InspectInput extends FunctionAccess {
  plan: FunctionPlan;
  package: PinnedPackage;
}

/** What a function is, and what the plan would change. */
export interface Inspection {
  snapshot: FunctionSnapshot;
  /** Against what serves the traffic: the alias's version, or `$LATEST`. Absent: nothing does. */
  served?: Changes;
  /** Against `$LATEST`. Absent: there is no function. */
  latest?: Changes;
  /** What the plan wants, in the form in which the present settings are observed. */
  wanted: Partial<ObservedSettings>;
  /** The hash of the wanted code, where the plan does not tell it. */
  wantedCode?: string;
  /** Of the wanted code, in bytes, where the plan does not tell it. */
  wantedCodeBytes?: number;
  /** The secrets of its environment that have been replaced since the deployment started. */
  replacedSecrets?: string[];
  /** Why the version that an alias is to serve again cannot be invoked. Absent where it can. */
  unready?: Unready;
}

/** Reads one function and compares it with the plan. Writes nothing. */
export function inspectFunction(tools: Tools) {
  return async function inspectFunction(input: InspectInput): Promise<Inspection> {
    const api = tools.lambda(input);
    const snapshot = await takeSnapshot(tools, api, input.plan);
    const { latest, served, alias } = snapshot;
    assertSameKind(input, latest, input.package);
    const wanted = wantedSettings(input.plan.settings, input);
    for (const state of [latest, served]) {
      if (state !== undefined) assertReadable(input, state, wanted);
    }
    const serving = alias === undefined ? latest : served;
    const replaced = await replacedSecrets(tools.secrets, input);
    return {
      snapshot,
      wanted,
      ...(replaced.length > 0 && { replacedSecrets: replaced }),
      ...(latest !== undefined && { latest: changes(latest, wanted, input) }),
      ...(serving !== undefined && { served: changes(serving, wanted, input) }),
    };
  };
}

/** How many secrets are looked up at once. */
const SECRETS_AT_ONCE = 5;

/** They are filled in as they were; whoever replaced one should hear of it. */
async function replacedSecrets(
  secrets: VersionedSecrets,
  { application, secretVersions = {} }: FunctionAccess,
): Promise<string[]> {
  const isReplaced = async ([name, version]: [string, string]): Promise<string[]> =>
    (await secrets.versionOf(application, name)) === version ? [] : [name];
  return (await sideBySide(Object.entries(secretVersions), SECRETS_AT_ONCE, isReplaced)).flat();
}

/** Reads the code and the settings of `$LATEST`; undefined when there is no function. */
export function readLatest(tools: Tools) {
  return async function readLatest(input: FunctionAccess): Promise<FunctionState | undefined> {
    const found = await findSettledFunction(tools.lambda(input));
    return found && functionState(found, input.deploymentId);
  };
}

export async function takeSnapshot(
  { findRun }: Pick<Tools, 'findRun'>,
  api: LambdaApi,
  plan: Pick<FunctionPlan, 'alias' | 'functionWide' | 'provisionedConcurrency'>,
): Promise<FunctionSnapshot> {
  const { alias: aliasName, functionWide } = plan;
  const isNamed = plan.provisionedConcurrency !== undefined;
  const { deploymentId } = api.access;
  const found = await findSettledFunction(api);
  if (found === undefined) return {};
  const latest = {
    ...functionState(found, deploymentId),
    ...(refersToPackage(found) && { refersToPackage: true as const }),
  };
  const wide = functionWide && (await readWide(api, functionWide, found));
  const whole = { latest, ...defined({ wide }) };
  if (aliasName === undefined) return whole;
  const foundAlias = await findAlias(api, aliasName);
  if (foundAlias === undefined) {
    return { ...whole, ...(isNamed && (await provisionedNow(api, aliasName, isNamed))) };
  }
  const alias = aliasState(foundAlias);
  const served = servedState(await settledFunction(api, alias.version), latest, deploymentId);
  const trafficBefore = await trafficOf(api, alias);
  const heldBy = await otherHolder(alias, api.access, findRun);
  return {
    ...whole,
    alias,
    served,
    ...(sameContent(served, latest) && { servesContentOfLatest: true as const }),
    trafficBefore,
    ...defined({ heldBy }),
    ...(await provisionedNow(api, aliasName, isNamed)),
  };
}

/** What a version does not keep, the function has, whatever version is served. */
function servedState(
  found: SettledFunction,
  latest: FunctionState,
  deploymentId: string,
): VersionState {
  const state = versionState(found, deploymentId);
  const ofFunction = pickSettings(latest.settings, UNPUBLISHED_SETTINGS);
  return { ...state, settings: { ...state.settings, ...ofFunction } };
}

/** Where no plan speaks of it, a deploy role that may not see it keeps nobody. */
async function provisionedNow(
  api: LambdaApi,
  aliasName: string,
  isNamed: boolean,
): Promise<Pick<FunctionSnapshot, 'provisioned' | 'provisionedUnknown'>> {
  try {
    return defined({ provisioned: await provisionedIn(api, aliasName) });
  } catch (error) {
    const isDenied = error instanceof ApplicationFailure && error.type === 'accessDenied';
    if (isNamed || !isDenied) throw error;
    return { provisionedUnknown: error.message };
  }
}

/**
 * An alias's traffic as a rollback gives it back: as it is, but for weights that another deployment
 * has left behind. Deployments leave none, unless they were terminated.
 */
async function trafficOf(
  api: LambdaApi,
  { version, weights, holder }: AliasState,
): Promise<AliasShape> {
  if (holder !== undefined) return { version, weights: {} };
  for (const additional of Object.keys(weights)) {
    const { Configuration } = await settledFunction(api, additional);
    // A deployment shifts to a newer version, made of a package; a person may shift back to an old one.
    const isNewer = Number(additional) > Number(version);
    if (isNewer && readMark(Configuration.Description)?.packageUri !== undefined)
      return { version, weights: {} };
  }
  return { version, weights };
}

function changes(
  state: FunctionState,
  wanted: Partial<ObservedSettings>,
  input: InspectInput,
): Changes {
  return {
    code: state.codeSha256 !== input.package.codeSha256 || state.failed === true,
    settings: differingSettings(state.settings, wanted),
  };
}
