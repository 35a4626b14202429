import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionRecursionConfigCommand,
  GetRuntimeManagementConfigCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionRecursionConfigCommand,
  PutRuntimeManagementConfigCommand,
  TagResourceCommand,
  UntagResourceCommand,
  type RecursiveLoop,
  type UpdateRuntimeOn,
} from '@aws-sdk/client-lambda';
import { defined } from '../domain/defined.js';
import { RECURSIVE_LOOP, UPDATE_RUNTIME_ON } from '../domain/functionWide.js';
import {
  WIDE,
  WIDE_NAMES,
  type WideName,
  type WideState,
  type WideValue,
} from '../domain/wideSettings.js';
import type { LambdaApi, Send } from './lambdaApi.js';
import { tagsOf } from './owner.js';
import type { SettledFunction } from './reading.js';

/** How the Lambda API gives what belongs to a whole function, and how it takes it. */
interface Translation<Name extends WideName> {
  /**
   * @param wanted - which parts of it are to be read
   * @param found - GetFunction's answer, which tells some of it
   */
  read: (
    api: LambdaApi,
    wanted: WideValue<Name>,
    found: SettledFunction,
  ) => WideValue<Name> | Promise<WideValue<Name>>;
  /** The first of the requests that write a value. */
  write: (found: SettledFunction, value: WideValue<Name>) => Send<unknown>;
}

const TRANSLATIONS: { readonly [Name in WideName]: Translation<Name> } = {
  tags: {
    read: ({ access }, wanted, found) => {
      const tags = tagsOf(found, access);
      return Object.fromEntries(Object.keys(wanted).map((key) => [key, tags[key] ?? null]));
    },
    write: ({ Configuration: { FunctionArn: Resource } }, tags) => {
      const entries = Object.entries(tags);
      const set = entries.flatMap(([key, value]) =>
        value === null ? [] : [[key, value] as const],
      );
      const Tags = Object.fromEntries(set);
      const TagKeys = entries.map(([key]) => key);
      return (client, options) =>
        set.length > 0
          ? client.send(new TagResourceCommand({ Resource, Tags }), options)
          : client.send(new UntagResourceCommand({ Resource, TagKeys }), options);
    },
  },
  reservedConcurrency: {
    read: (_api, _wanted, { Concurrency }) => Concurrency?.ReservedConcurrentExecutions ?? 'none',
    write: ({ Configuration: { FunctionName } }, reserved) => {
      const ReservedConcurrentExecutions = reserved === 'none' ? undefined : reserved;
      return (client, options) =>
        ReservedConcurrentExecutions === undefined
          ? client.send(new DeleteFunctionConcurrencyCommand({ FunctionName }), options)
          : client.send(
              new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }),
              options,
            );
    },
  },
  runtimeManagementConfig: {
    read: async (api) => {
      const name = api.access.function;
      const found = await api.read(
        'control',
        `read the runtime management of ${name}`,
        (client, options) =>
          client.send(new GetRuntimeManagementConfigCommand({ FunctionName: name }), options),
      );
      const version = found.RuntimeVersionArn ?? undefined;
      return {
        updateRuntimeOn: found.UpdateRuntimeOn ?? UPDATE_RUNTIME_ON[0] ?? '',
        ...defined({ runtimeVersionArn: version }),
      };
    },
    write: ({ Configuration: { FunctionName } }, { updateRuntimeOn, runtimeVersionArn }) => {
      const command = new PutRuntimeManagementConfigCommand({
        FunctionName,
        UpdateRuntimeOn: updateRuntimeOn as UpdateRuntimeOn,
        ...defined({ RuntimeVersionArn: runtimeVersionArn }),
      });
      return (client, options) => client.send(command, options);
    },
  },
  recursiveLoop: {
    read: async (api) => {
      const name = api.access.function;
      const found = await api.read(
        'control',
        `read what becomes of recursive loops of ${name}`,
        (client, options) =>
          client.send(new GetFunctionRecursionConfigCommand({ FunctionName: name }), options),
      );
      return found.RecursiveLoop ?? RECURSIVE_LOOP[0] ?? '';
    },
    write: ({ Configuration: { FunctionName } }, loop) => {
      const RecursiveLoop = loop as RecursiveLoop;
      const command = new PutFunctionRecursionConfigCommand({ FunctionName, RecursiveLoop });
      return (client, options) => client.send(command, options);
    },
  },
};

/** What a function has of what is wanted. Nothing else is read. */
export async function readWide(
  api: LambdaApi,
  wanted: WideState,
  found: SettledFunction,
): Promise<WideState> {
  const names = WIDE_NAMES.filter((name) => wanted[name] !== undefined);
  const entries = await Promise.all(
    names.map(async (name) => [name, await read(api, name, wanted[name], found)] as const),
  );
  return Object.fromEntries(entries);
}

async function read<Name extends WideName>(
  api: LambdaApi,
  name: Name,
  wanted: WideState[Name],
  found: SettledFunction,
): Promise<WideValue<Name>> {
  return TRANSLATIONS[name].read(api, wanted as WideValue<Name>, found);
}

/** The request that writes a value, or the first of them, and what it does as a phrase after "could not". */
export function writingWide<Name extends WideName>(
  name: Name,
  value: WideValue<Name>,
  found: SettledFunction,
): { doing: string; send: Send<unknown> } {
  const { FunctionName = '' } = found.Configuration;
  const doing = `change the ${WIDE[name].said} of ${FunctionName}`;
  return { doing, send: TRANSLATIONS[name].write(found, value) };
}
