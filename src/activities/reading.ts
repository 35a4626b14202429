import {
  GetAliasCommand,
  GetFunctionCommand,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
  type AliasConfiguration,
  type FunctionConfiguration,
  type GetFunctionCommandOutput,
} from '@aws-sdk/client-lambda';
import { sleep } from '@temporalio/activity';
import { defined } from '../domain/defined.js';
import { activityFailure } from './awsFailure.js';
import type { LambdaApi } from './lambdaApi.js';
import { PASSING_REASONS, VISIBLE_WITHIN_MS } from './refusals/passing.js';
import { isWorthAnother } from './refusals/patience.js';

/** Delays between two looks at a function that AWS is working on, in milliseconds. */
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 3000;
const GROWTH = 1.5;

export async function findFunction(
  api: LambdaApi,
  qualifier?: string,
): Promise<GetFunctionCommandOutput | undefined> {
  return api.find('getFunction', `read ${api.access.function}`, (client, options) =>
    client.send(
      new GetFunctionCommand({
        FunctionName: api.access.function,
        ...defined({ Qualifier: qualifier }),
      }),
      options,
    ),
  );
}

export async function findAlias(
  api: LambdaApi,
  alias: string,
): Promise<AliasConfiguration | undefined> {
  return api.find('control', `read alias ${alias} of ${api.access.function}`, (client, options) =>
    client.send(new GetAliasCommand({ FunctionName: api.access.function, Name: alias }), options),
  );
}

/** All aliases of a function. */
export async function listAliases(api: LambdaApi): Promise<AliasConfiguration[]> {
  const found: AliasConfiguration[] = [];
  let Marker: string | undefined;
  do {
    const command = new ListAliasesCommand({
      FunctionName: api.access.function,
      ...defined({ Marker }),
    });
    const page = await api.read(
      'control',
      `see the aliases of ${api.access.function}`,
      (client, options) => client.send(command, options),
    );
    found.push(...(page.Aliases ?? []));
    Marker = page.NextMarker;
  } while (Marker !== undefined && Marker !== '');
  return found;
}

/** All versions of a function, `$LATEST` too, oldest first. */
export async function listVersions(api: LambdaApi): Promise<FunctionConfiguration[]> {
  const found: FunctionConfiguration[] = [];
  let Marker: string | undefined;
  do {
    const command = new ListVersionsByFunctionCommand({
      FunctionName: api.access.function,
      ...defined({ Marker }),
    });
    const page = await api.read(
      'control',
      `see the versions of ${api.access.function}`,
      (client, options) => client.send(command, options),
    );
    found.push(...(page.Versions ?? []));
    Marker = page.NextMarker;
  } while (Marker !== undefined && Marker !== '');
  return found;
}

/** A function or a version that exists, mostly when AWS has nothing under way at it. */
export interface SettledFunction extends GetFunctionCommandOutput {
  Configuration: FunctionConfiguration;
}

/**
 * Waits until AWS has finished what it is doing to a function or a version.
 *
 * GetFunction has a quota of its own (100 a second), which GetFunctionConfiguration, the call of
 * the SDK's older waiters, does not; and the SDK's waiters repeat after every error, also after one
 * that will never pass.
 *
 * @returns undefined when the function does not exist
 */
export async function findSettledFunction(
  api: LambdaApi,
  qualifier?: string,
): Promise<SettledFunction | undefined> {
  for (let delay = FIRST_DELAY_MS; ; delay = Math.min(LONGEST_DELAY_MS, delay * GROWTH)) {
    const found = await findFunction(api, qualifier);
    if (found?.Configuration === undefined) return undefined;
    if (!inProgress(found.Configuration)) return found as SettledFunction;
    await sleep(delay);
  }
}

/** Like {@link findSettledFunction}, for a function that must exist. */
export async function settledFunction(
  api: LambdaApi,
  qualifier?: string,
): Promise<SettledFunction> {
  const found = await findSettledFunction(api, qualifier);
  if (found !== undefined) return found;
  throw deleted(api, qualifier, { retryable: false });
}

/**
 * Like {@link settledFunction}, after a mutation: AWS accepts an update first and may then fail to do it, and
 * may not know everywhere yet what it has just made.
 *
 * @param again - whether the next attempt sends it again, so that a failure that passes is waited out
 */
export async function succeeded(
  api: LambdaApi,
  qualifier?: string,
  { again }: { again: boolean } = { again: false },
): Promise<SettledFunction> {
  const found = await findSettledFunction(api, qualifier);
  if (found === undefined) {
    throw deleted(api, qualifier, { retryable: isWorthAnother(VISIBLE_WITHIN_MS, api.access) });
  }
  const { State, LastUpdateStatus } = found.Configuration;
  if (State === 'Failed' || LastUpdateStatus === 'Failed') {
    throw notCarriedOut(api, found.Configuration, again);
  }
  return found;
}

/**
 * A version right after it was published, which AWS may not know everywhere yet. It may be far from
 * ready: nothing is waited for.
 */
export async function publishedVersion(api: LambdaApi, version: string): Promise<SettledFunction> {
  const found = await findFunction(api, version);
  if (found?.Configuration !== undefined) return found as SettledFunction;
  throw deleted(api, version, { retryable: isWorthAnother(VISIBLE_WITHIN_MS, api.access) });
}

function deleted(
  { access }: LambdaApi,
  qualifier: string | undefined,
  retry: { retryable: boolean },
): Error {
  const { target, function: name, region } = access;
  const what = qualifier === undefined ? name : `Version ${qualifier} of ${name}`;
  const message = `${what} no longer exists in ${region}: someone deleted it during the deployment.`;
  return activityFailure({ code: 'foreignChange', message, target, function: name }, retry);
}

function notCarriedOut(
  api: LambdaApi,
  configuration: FunctionConfiguration,
  again: boolean,
): Error {
  const { StateReason, LastUpdateStatusReason, LastUpdateStatusReasonCode = '' } = configuration;
  const lastsMs = again ? (PASSING_REASONS[LastUpdateStatusReasonCode] ?? 0) : 0;
  const { access } = api;
  const { target, function: name, region } = access;
  const reason = api.told(LastUpdateStatusReason ?? StateReason ?? 'it gives no reason');
  return activityFailure(
    {
      code: 'updateFailed',
      message: `AWS could not carry out the update of ${name} in ${region}: ${reason}.`,
      target,
      function: name,
    },
    { retryable: isWorthAnother(lastsMs, access) },
  );
}

function inProgress({ State, LastUpdateStatus }: FunctionConfiguration): boolean {
  return State === 'Pending' || LastUpdateStatus === 'InProgress';
}
