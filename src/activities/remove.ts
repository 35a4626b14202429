import {
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetPolicyCommand,
  ListAliasesCommand,
  ListEventSourceMappingsCommand,
  ListFunctionUrlConfigsCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import { sameShape } from '../domain/functions.js';
import { FUNCTION_TAG, readMark } from '../domain/marks.js';
import type { FunctionAccess } from './access.js';
import { aliasState } from './functionState.js';
import type { LambdaApi } from './lambdaApi.js';
import { findAlias, findFunction, findSettled } from './reading.js';
import type { RemovalResult } from './results.js';
import type { Tools } from './tools.js';

export interface RemoveAliasInput extends FunctionAccess {
  alias: string;
  version: string;
}

export interface RemoveFunctionInput extends FunctionAccess {
  /** The alias the deployment made, which does not count as attached by someone else. */
  alias?: string;
}

const removed: RemovalResult = { result: 'removed' };
const left = (reason: string): RemovalResult => ({ result: 'left', reason });

/** Deletes an alias that this deployment made, unless someone has changed it since. */
export function removeAlias(tools: Tools) {
  return async function removeAlias(input: RemoveAliasInput): Promise<RemovalResult> {
    const api = tools.lambda(input);
    const found = await findAlias(api, input.alias);
    if (found === undefined) return removed;
    const state = aliasState(found);
    const ours = readMark(state.description)?.deploymentId === input.deploymentId;
    if (!ours || !sameShape(state, { version: input.version, weights: {} })) {
      return left('someone else has changed it since');
    }
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
    await findSettled(api);
    const found = await findFunction(api);
    if (found === undefined) return removed;
    if (found.Tags?.[FUNCTION_TAG] !== input.deploymentId) {
      return left('it does not carry the mark of this deployment');
    }
    const attached = await attachments(api, input);
    if (attached.length > 0) return left(`it has ${attached.join(', ')} by now`);
    await api.mutate(`delete ${input.function}`, (client, options) =>
      client.send(new DeleteFunctionCommand({ FunctionName: input.function }), options),
    );
    return removed;
  };
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
  const othersAliases = aliases.Aliases?.filter(({ Name }) => Name !== input.alias);
  const othersVersions = versions.Versions?.filter(
    ({ Version, Description }) =>
      Version !== '$LATEST' && readMark(Description)?.deploymentId !== input.deploymentId,
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
