import {
  GetPolicyCommand,
  ListEventSourceMappingsCommand,
  type EventSourceMappingConfiguration,
} from '@aws-sdk/client-lambda';
import { defined } from '../../domain/defined.js';
import { LATEST } from '../../domain/functions.js';
import type { Findings } from '../../domain/preflight.js';
import type { LambdaApi } from '../lambdaApi.js';
import { findFunction } from '../reading.js';
import { NOTHING, notChecked, someOf, warning } from './checking.js';

const STACK_TAG = 'aws:cloudformation:stack-name';

/** Event sources of the function itself, which pass its alias by. */
export async function triggers(api: LambdaApi, alias: string): Promise<Findings> {
  const name = api.access.function;
  const all = await mappings(api);
  const found = all.filter(({ FunctionArn = '' }) => isUnqualified(FunctionArn));
  if (found.length === 0) return NOTHING;
  const sources = [...new Set(found.map(({ EventSourceArn }) => EventSourceArn ?? 'a source'))];
  return warning({
    code: 'triggerWithoutAlias',
    message: `${name} is triggered without its alias ${alias}, by ${someOf(sources)}: these events run the new code as soon as it is released, whatever the weights are.`,
    remedy: `Let the event sources name the alias: ${name}:${alias}.`,
  });
}

async function mappings(api: LambdaApi): Promise<EventSourceMappingConfiguration[]> {
  const found: EventSourceMappingConfiguration[] = [];
  let Marker: string | undefined;
  do {
    const command = new ListEventSourceMappingsCommand({
      FunctionName: api.access.function,
      ...defined({ Marker }),
    });
    const page = await api.read(
      'control',
      `see what triggers ${api.access.function}`,
      (client, options) => client.send(command, options),
    );
    found.push(...(page.EventSourceMappings ?? []));
    Marker = page.NextMarker;
  } while (Marker !== undefined && Marker !== '');
  return found;
}

/** Permissions to invoke the function itself, which pass its alias by. */
export async function invocations(api: LambdaApi, alias: string): Promise<Findings> {
  const name = api.access.function;
  const found = await api.find('getPolicy', `see who may invoke ${name}`, (client, options) =>
    client.send(new GetPolicyCommand({ FunctionName: name }), options),
  );
  const who = principalsOf(found?.Policy);
  if (who.length === 0) return NOTHING;
  return warning({
    code: 'permissionWithoutAlias',
    message: `${someOf(who)} may invoke ${name} without its alias ${alias}: whoever does runs the new code as soon as it is released, whatever the weights are.`,
    remedy: `Give the permission on the alias instead (--qualifier ${alias}).`,
  });
}

interface Statement {
  Effect?: string;
  Action?: string | string[];
  Principal?: unknown;
}

/** Whom a resource policy lets invoke; a principal that nobody can read counts as somebody. */
export function principalsOf(policy: string | undefined): string[] {
  if (policy === undefined) return [];
  const { Statement = [] } = JSON.parse(policy) as { Statement?: Statement[] };
  const invoking = Statement.filter(letsInvoke);
  return [...new Set(invoking.map(({ Principal }) => principalText(Principal)))];
}

/** What denies lets nobody, and another account may be allowed to look only. */
function letsInvoke({ Effect, Action = '*' }: Statement): boolean {
  const invokes = [Action].flat().some((action) => /^(\*|lambda:(\*|Invoke))/i.test(action));
  return Effect !== 'Deny' && invokes;
}

function principalText(principal: unknown): string {
  if (principal === '*') return 'everybody';
  const named = Object.values((principal ?? {}) as Record<string, unknown>).flat();
  return named.length === 0 ? 'somebody' : named.map(String).join(', ');
}

/** Whether the function belongs to a CloudFormation stack. */
export async function stackOf(api: LambdaApi): Promise<Findings> {
  const name = api.access.function;
  const found = await findFunction(api);
  // AWS answers without the tags when the role may not read them.
  if (found?.TagsError !== undefined) {
    return warning(notChecked('stack', found.TagsError.Message ?? ''));
  }
  const stack = found?.Tags?.[STACK_TAG];
  if (stack === undefined) return NOTHING;
  return warning({
    code: 'ownedByStack',
    message: `${name} belongs to the CloudFormation stack ${stack}, whose next deployment puts back what this one changes, or fails.`,
    remedy: `Leave the code and the settings of ${name} to one of the two.`,
  });
}

/** An ARN of a function has seven parts; an eighth is a version or an alias. */
function isUnqualified(arn: string): boolean {
  const qualifier = arn.split(':')[7];
  return qualifier === undefined || qualifier === LATEST;
}
