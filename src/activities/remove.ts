import {
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetPolicyCommand,
  ListAliasesCommand,
  ListEventSourceMappingsCommand,
  ListFunctionUrlConfigsCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import {
  differingSettings,
  sameShape,
  type FunctionState,
  type ObservedSettings,
} from '../domain/functions.js';
import { FUNCTION_TAG, readMark } from '../domain/marks.js';
import type { FunctionAccess } from './access.js';
import { aliasState, functionState } from './functionState.js';
import type { LambdaApi } from './lambdaApi.js';
import { findAlias, findFunction, findSettled } from './reading.js';
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
    const configuration = await findSettled(api);
    const found = await findFunction(api);
    if (configuration === undefined || found === undefined) return removed;
    if (found.Tags?.[FUNCTION_TAG] !== input.deploymentId) return others;
    if (isChanged(functionState(configuration, input.deploymentId), input)) return left(changed);
    const attached = await attachments(api, input);
    if (attached.length > 0) return left(`it has ${attached.join(', ')} by now`);
    await api.mutate(`delete ${input.function}`, (client, options) =>
      client.send(new DeleteFunctionCommand({ FunctionName: input.function }), options),
    );
    return removed;
  };
}

function isChanged(state: FunctionState, input: RemoveFunctionInput): boolean {
  const settings = differingSettings(state.settings, input.settings);
  return state.codeSha256 !== input.codeSha256 || settings.length > 0;
}

function carriesMark(description: string | undefined, input: FunctionAccess): boolean {
  return readMark(description)?.deploymentId === input.deploymentId;
}

async function attachments(api: LambdaApi, input: RemoveFunctionInput): Promise<string[]> {
  const name = { FunctionName: input.function };
  const doing = `see what is attached to ${input.function}`;
  const aliases = await api.read('control', doing, (client, options) =>
    client.send(new ListAliasesCommand(name), options),
  );
  const versions = await api.read('control', doing, (client, options) =>
    client.send(new ListVersionsByFunctionCommand(name), options),
  );
  const policy = await api.find('control', doing, (client, options) =>
    client.send(new GetPolicyCommand(name), options),
  );
  const mappings = await api.read('control', doing, (client, options) =>
    client.send(new ListEventSourceMappingsCommand(name), options),
  );
  const urls = await api.read('control', doing, (client, options) =>
    client.send(new ListFunctionUrlConfigsCommand(name), options),
  );
  const othersAliases = aliases.Aliases?.filter((one) => !carriesMark(one.Description, input));
  const othersVersions = versions.Versions?.filter(
    ({ Version, Description }) => Version !== '$LATEST' && !carriesMark(Description, input),
  );
  return [
    ...some(othersAliases, 'an alias'),
    ...some(othersVersions, 'a version'),
    ...(policy === undefined ? [] : ['a permission']),
    ...some(mappings.EventSourceMappings, 'an event source'),
    ...some(urls.FunctionUrlConfigs, 'a function URL'),
  ];
}

function some(things: unknown[] | undefined, name: string): string[] {
  return things !== undefined && things.length > 0 ? [`${name} of someone else's`] : [];
}
