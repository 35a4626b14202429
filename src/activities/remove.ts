import {
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetFunctionConcurrencyCommand,
  ListAliasesCommand,
  ListFunctionUrlConfigsCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import type { ObservedSettings } from '../domain/functionSettings.js';
import { LATEST, sameShape, type FunctionState } from '../domain/functions.js';
import { readMark } from '../domain/marks.js';
import { differingSettings } from '../domain/settingSelection.js';
import type { FunctionAccess } from './access.js';
import { attachedTo, some } from './attached.js';
import { markedSettings } from './environmentMarks.js';
import { aliasState, functionState } from './functionState.js';
import type { LambdaApi } from './lambdaApi.js';
import { ownerOf } from './owner.js';
import { findAlias, findSettledFunction } from './reading.js';
import type { RemovalResult } from './results.js';
import type { Tools } from './tools.js';

export interface RemoveAliasInput extends FunctionAccess {
  alias: string;
  version: string;
}

export interface RemoveFunctionInput extends FunctionAccess {
  /** What the deployment gave the function: anything else is somebody else's by now. */
  codeSha256: string;
  settings: Partial<ObservedSettings>;
}

const removed: RemovalResult = { result: 'removed' };
const changed = 'someone else has changed it since';
const left = (reason: string): RemovalResult => ({ result: 'left', reason, ours: true });
const others: RemovalResult = { result: 'left', reason: 'it is not ours', ours: false };

/** Deletes an alias that this deployment made, unless someone has changed it since. */
export function removeAlias(tools: Tools) {
  return async function removeAlias(input: RemoveAliasInput): Promise<RemovalResult> {
    const api = tools.lambda(input);
    const found = await findAlias(api, input.alias);
    if (found === undefined) return removed;
    const state = aliasState(found);
    if (!carriesMark(state.description, input)) return others;
    if (!sameShape(state, { version: input.version, weights: {} })) return left(changed);
    const attached = [...(await attachedTo(api, input.alias)), ...(await urlsOf(api, input.alias))];
    if (attached.length > 0) return left(`it has ${attached.join(', ')} by now`);
    await api.mutate(`delete alias ${input.alias} of ${input.function}`, (client, options) =>
      client.send(
        new DeleteAliasCommand({ FunctionName: input.function, Name: input.alias }),
        options,
      ),
    );
    return removed;
  };
}

/** Deletes a function that this deployment made, unless someone has attached anything to it. */
export function removeFunction(tools: Tools) {
  return async function removeFunction(input: RemoveFunctionInput): Promise<RemovalResult> {
    const api = tools.lambda(input);
    const found = await findSettledFunction(api);
    if (found === undefined) return removed;
    if (ownerOf(found, input) !== input.deploymentId) return others;
    const state = functionState(found, input.deploymentId);
    if (await isChanged(tools, state, input)) return left(changed);
    const attached = await attachments(api, input);
    if (attached.length > 0) return left(`it has ${attached.join(', ')} by now`);
    await api.mutate(`delete ${input.function}`, (client, options) =>
      client.send(new DeleteFunctionCommand({ FunctionName: input.function }), options),
    );
    return removed;
  };
}

async function isChanged(
  tools: Tools,
  state: FunctionState,
  input: RemoveFunctionInput,
): Promise<boolean> {
  const { codeSha256, settings } = input;
  const differing = differingSettings(await markedSettings(tools, input, state.settings), settings);
  return state.codeSha256 !== codeSha256 || differing.length > 0;
}

function carriesMark(description: string | undefined, input: FunctionAccess): boolean {
  return readMark(description)?.deploymentId === input.deploymentId;
}

async function attachments(api: LambdaApi, input: RemoveFunctionInput): Promise<string[]> {
  const name = { FunctionName: input.function };
  const doing = `see what is attached to ${input.function}`;
  const { Aliases = [] } = await api.read('control', doing, (client, options) =>
    client.send(new ListAliasesCommand(name), options),
  );
  const { Versions = [] } = await api.read('control', doing, (client, options) =>
    client.send(new ListVersionsByFunctionCommand(name), options),
  );
  const { ReservedConcurrentExecutions: reserved } = await api.read(
    'control',
    doing,
    (client, options) => client.send(new GetFunctionConcurrencyCommand(name), options),
  );
  const published = Versions.filter(({ Version }) => Version !== LATEST);
  const isOthers = ({ Description }: { Description?: string | undefined }): boolean =>
    !carriesMark(Description, input);
  const own = [
    ...Aliases.filter((one) => !isOthers(one)).map(({ Name }) => Name),
    ...published.filter((one) => !isOthers(one)).map(({ Version }) => Version),
  ];
  const found = [
    ...some(Aliases.filter(isOthers), 'an alias'),
    ...some(published.filter(isOthers), 'a version'),
    ...(reserved === undefined ? [] : ['reserved concurrency']),
    ...(await urlsOf(api)),
    ...(await attachedTo(api)),
  ];
  for (const qualifier of own) found.push(...(await attachedTo(api, qualifier)));
  return [...new Set(found)];
}

/** The URLs of one alias, or of the function and all its aliases. */
async function urlsOf(api: LambdaApi, alias?: string): Promise<string[]> {
  const { function: name } = api.access;
  const { FunctionUrlConfigs = [] } = await api.read(
    'control',
    `see what is attached to ${name}`,
    (client, options) =>
      client.send(new ListFunctionUrlConfigsCommand({ FunctionName: name }), options),
  );
  const urls = FunctionUrlConfigs.filter(
    ({ FunctionArn = '' }) => alias === undefined || FunctionArn.endsWith(`:${alias}`),
  );
  return some(urls, 'a function URL');
}
