import { GetAccountSettingsCommand, GetFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import type { Findings, ProvisionedNeed } from '../../domain/preflight.js';
import type { LambdaApi } from '../lambdaApi.js';
import { NOTHING, problem } from './checking.js';

/** AWS keeps as many for functions that have none of their own, in accounts of the usual quota. */
const LEAST_UNRESERVED = 100;
const USUAL_QUOTA = 1000;

/**
 * Whether there is room for the provisioned concurrency of the old version and the new one: it counts
 * towards what is reserved for the function, or else towards the account's.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
export async function provisionable(api: LambdaApi, need: ProvisionedNeed): Promise<Findings> {
  const name = api.access.function;
  const found = await api.find('control', `see what is reserved for ${name}`, (client, options) =>
    client.send(new GetFunctionConcurrencyCommand({ FunctionName: name }), options),
  );
  const now = found?.ReservedConcurrentExecutions;
  const reserved = need.reserved ?? now ?? 'none';
  if (reserved === 'none') return inAccount(api, need, now);
  if (reserved >= need.together) return NOTHING;
  return tooLittle(
    api,
    need,
    `${reserved} concurrent executions are reserved for ${name}, and AWS takes the provisioned concurrency of its versions from them`,
    `Reserve ${need.together} or more for ${name}, or lower provisionedConcurrency.`,
  );
}

/** @param freed - what is reserved for the function now, and will not be */
async function inAccount(
  api: LambdaApi,
  need: ProvisionedNeed,
  freed: number | undefined,
): Promise<Findings> {
  const { region } = api.access;
  const doing = `see which concurrency the account has left in ${region}`;
  const { AccountLimit } = await api.read('control', doing, (client, options) =>
    client.send(new GetAccountSettingsCommand({}), options),
  );
  const { ConcurrentExecutions: quota = 0, UnreservedConcurrentExecutions: unreserved } =
    AccountLimit ?? {};
  const kept = quota >= USUAL_QUOTA ? LEAST_UNRESERVED : 0;
  if (unreserved === undefined) return NOTHING;
  // What versions have already is no part of what is reserved any more.
  const left = freed === undefined ? unreserved : unreserved + freed - (need.together - need.more);
  if (left - need.more >= kept) return NOTHING;
  const keeps = kept > 0 ? `, of which AWS keeps ${kept} for other functions` : '';
  return tooLittle(
    api,
    need,
    `the account has ${left} concurrent executions left in ${region}${keeps}`,
    `Lower provisionedConcurrency, or ask AWS for a higher quota of concurrent executions in ${region}.`,
  );
}

function tooLittle(
  { access: { target, function: name } }: LambdaApi,
  { together, more }: ProvisionedNeed,
  why: string,
  remedy: string,
): Findings {
  return problem({
    code: 'settingsRejected',
    message: `AWS would refuse the provisioned concurrency of the new version of ${name}: ${more} more are needed, ${together} together until the old version loses its own, and ${why}.`,
    remedy,
    target,
    function: name,
  });
}
