import { GetPolicyCommand, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { defined } from '../domain/defined.js';
import type { LambdaApi } from './lambdaApi.js';

/** The permissions and event sources of a function, or of one of its aliases or versions. */
export async function attachedTo(api: LambdaApi, qualifier?: string): Promise<string[]> {
  const { function: name } = api.access;
  const doing = `see what is attached to ${name}`;
  const policy = await api.find('getPolicy', doing, (client, options) =>
    client.send(
      new GetPolicyCommand({
        FunctionName: name,
        ...defined({ Qualifier: qualifier }),
      }),
      options,
    ),
  );
  const { EventSourceMappings } = await api.read('control', doing, (client, options) =>
    client.send(
      new ListEventSourceMappingsCommand({
        FunctionName: qualifier === undefined ? name : `${name}:${qualifier}`,
      }),
      options,
    ),
  );
  return [
    ...(policy === undefined ? [] : ['a permission']),
    ...some(EventSourceMappings, 'an event source'),
  ];
}

export function some(things: unknown[] | undefined, name: string): string[] {
  return things !== undefined && things.length > 0 ? [`${name} of someone else's`] : [];
}
