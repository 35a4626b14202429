import { expect } from '@jest/globals';
import type { RecordedRequest } from '../../dev/stack/emulator.js';
import { readHolder } from '../../src/domain/marks.js';
import type { Scene } from './scene.js';

interface AliasParameters {
  FunctionVersion?: string;
  Description?: string;
  RoutingConfig?: { AdditionalVersionWeights?: Record<string, number> };
}

/**
 * What has to be true of every request that reached the API, whatever happened around it.
 *
 * @param arriveLate - requests were held up on their way, and may have met a later update
 */
export async function expectInvariants(
  scene: Scene,
  { arriveLate }: { arriveLate: boolean },
): Promise<void> {
  const everything = await scene.place.requests();
  const requests = everything.filter(({ mutation }) => mutation);
  const ours = requests.slice(requests.findIndex(isAfterPreparation));
  expectOnlyOwnFunctions(scene, requests);
  for (const name of scene.names) {
    const own = ours.filter(({ resource }) => resource === name);
    if (!arriveLate) expectNoneDuringAnUpdate(own);
    expectNothingLiveAtOnce(own, onLatestBefore(scene, name));
    expectSaneAliases(own.filter(({ operation }) => /^(Create|Update)Alias$/.test(operation)));
    if (isProvisioned(scene, name)) {
      expectReadyBeforeTraffic(everything.filter(({ resource }) => resource === name));
    }
  }
}

function isProvisioned({ functions }: Scene, name: string): boolean {
  return functions.find((one) => one.name === name)?.provisionedConcurrency !== undefined;
}

/**
 * No version gets traffic before AWS has said that its provisioned concurrency is ready, and none that
 * has traffic loses it. Version 1 of a function whose alias is created never had any, nor traffic.
 */
function expectReadyBeforeTraffic(requests: readonly RecordedRequest[]): void {
  const begin = requests.findIndex(isAfterPreparation);
  if (begin === -1) return;
  const ready = new Set<string | null>();
  let serving: string[] = [];
  for (const [
    index,
    { operation, qualifier, parameters, error, provisioned },
  ] of requests.entries()) {
    if (error !== null) continue;
    if (provisioned === 'READY') ready.add(qualifier);
    if (/^(Put|Delete)ProvisionedConcurrencyConfig$/.test(operation)) ready.delete(qualifier);
    const { FunctionVersion = '', RoutingConfig } = parameters as AliasParameters;
    if (operation === 'DeleteAlias') serving = [];
    if (/^(Create|Update)Alias$/.test(operation)) {
      serving = [FunctionVersion, ...Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {})];
    }
    if (index < begin) continue;
    expect({ operation, index, lacking: serving.filter((one) => !ready.has(one)) }).toEqual({
      operation,
      index,
      lacking: [],
    });
  }
}

function onLatestBefore({ names, before }: Scene, name: string): boolean {
  return before[names.indexOf(name)]?.alias?.version === '$LATEST';
}

/**
 * Nothing is changed while the function's alias serves `$LATEST`, and an alias is pointed there only
 * where it was before.
 */
function expectNothingLiveAtOnce(
  requests: readonly RecordedRequest[],
  onLatestBefore: boolean,
): void {
  let isOnLatest = onLatestBefore;
  for (const { operation, parameters, error } of requests) {
    if (error !== null) continue;
    const { FunctionVersion } = parameters as AliasParameters;
    if (operation === 'UpdateAlias') isOnLatest = FunctionVersion === '$LATEST';
    if (/^UpdateFunction/.test(operation))
      expect({ operation, isOnLatest }).toEqual({ operation, isOnLatest: false });
    if (isOnLatest) expect(onLatestBefore).toBe(true);
  }
}

/** The preparation sends no revisions. */
function isAfterPreparation({ parameters }: RecordedRequest): boolean {
  return parameters['RevisionId'] !== undefined || parameters['Tags'] !== undefined;
}

function expectOnlyOwnFunctions(scene: Scene, requests: readonly RecordedRequest[]): void {
  expect(scene.names).toEqual(
    expect.arrayContaining([...new Set(requests.map(({ resource }) => resource))]),
  );
}

/** AWS refuses a mutation while an update is in progress: none was ever sent. */
function expectNoneDuringAnUpdate(requests: readonly RecordedRequest[]): void {
  const conflicts = requests.filter(({ error }) => error?.startsWith('ResourceConflict'));
  // A second CreateFunction after a lost answer is refused because the function exists.
  expect(conflicts.filter(({ operation }) => !operation.startsWith('Create'))).toEqual([]);
}

/**
 * The versions exist, the weights are shares, and the old version stays the primary until the one
 * request that promotes.
 */
function expectSaneAliases(requests: readonly RecordedRequest[]): void {
  const carriedOut = requests.filter(({ error }) => error === null);
  // AWS answers so to a version that is not there, and differently to one that is not active.
  const refused = requests.filter(({ error }) => error !== null).map(({ error }) => error);
  expect(refused.filter((error) => !/Precondition|ResourceConflict/.test(error ?? ''))).toEqual([]);
  for (const { parameters } of carriedOut) {
    const { FunctionVersion, Description = '', RoutingConfig } = parameters as AliasParameters;
    const weights = Object.values(RoutingConfig?.AdditionalVersionWeights ?? {});
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(1);
    // Whose split it is begins and ends with the split, in the same request.
    expect(readHolder(Description).holder !== undefined).toBe(weights.length > 0);
    if (weights.length > 0) expect(FunctionVersion).toBe('1');
  }
}
