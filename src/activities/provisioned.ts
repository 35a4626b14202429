import {
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  ListProvisionedConcurrencyConfigsCommand,
  PutProvisionedConcurrencyConfigCommand,
  type ProvisionedConcurrencyConfigListItem,
  type ProvisionedConcurrencyStatusEnum,
} from '@aws-sdk/client-lambda';
import { sleep } from '@temporalio/activity';
import { defined } from '../domain/defined.js';
import type { Provisioned } from '../domain/functions.js';
import { versionsOf } from '../domain/provisioned.js';
import type { FunctionAccess } from './access.js';
import { created, type Created } from './answered.js';
import { activityFailure, isAwsError } from './awsFailure.js';
import { aliasState } from './functionState.js';
import type { LambdaApi } from './lambdaApi.js';
import { listAliases } from './reading.js';
import type { Tools } from './tools.js';

/** Delays between two looks at environments that AWS is making, in milliseconds. */
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5000;
const GROWTH = 1.5;

export interface ProvisionInput extends FunctionAccess {
  /** The number of the published version. */
  version: string;
  /** How many environments it is to have; 0: none. */
  wanted: number;
  /** How many it may have until then: with another number somebody else has changed it. */
  known: number[];
  /** The alias that may serve the version although it is to have none. */
  mayServe?: string;
}

/**
 * - `done`: it is asked for now, whether this attempt did it or an earlier one.
 * - `changed`: it has another number, which is somebody else's. Nothing was written.
 * - `serves`: these aliases serve the version, which was to have none. Nothing was written.
 * - `gone`: there is no such version.
 */
export type Provision =
  | { result: 'done' }
  | { result: 'changed'; found: number }
  | { result: 'serves'; aliases: string[] }
  | { result: 'gone' };

export type AwaitProvisionedInput = Pick<ProvisionInput, 'version' | 'wanted'> & FunctionAccess;

/** What one version or alias has. */
interface Config {
  environments: number;
  status?: ProvisionedConcurrencyStatusEnum | undefined;
  reason?: string | undefined;
}

/**
 * Asks for a version's provisioned concurrency, or takes it away, and does not wait for it. AWS takes
 * no revision for that: what is there is compared by its number.
 */
export function provision(tools: Tools) {
  return async function provision(input: ProvisionInput): Promise<Created<Provision>> {
    const api = tools.lambda(input);
    const { version, wanted, known } = input;
    const present = await findProvisioned(api, version);
    if (present === undefined) return created({ result: 'gone' });
    const { environments } = present;
    // What AWS could not allocate is asked for again.
    if (environments === wanted && present.status !== 'FAILED') return created({ result: 'done' });
    if (![wanted, ...known].includes(environments)) {
      return created({ result: 'changed', found: environments });
    }
    if (wanted > 0) await put(api, version, wanted);
    else {
      const aliases = await otherServing(api, input);
      if (aliases.length > 0) return created({ result: 'serves', aliases });
      await remove(api, version);
    }
    return created({ result: 'done' });
  };
}

/** Waits until a version has the environments that were asked for. Writes nothing. */
export function awaitProvisioned(tools: Tools) {
  return async function awaitProvisioned(input: AwaitProvisionedInput): Promise<void> {
    const api = tools.lambda(input);
    for (let delay = FIRST_DELAY_MS; ; delay = Math.min(LONGEST_DELAY_MS, delay * GROWTH)) {
      const found = await findProvisioned(api, input.version);
      if (found?.environments !== input.wanted) throw notAsked(input, found);
      if (found.status === 'READY') return;
      if (found.status === 'FAILED') throw notAllocated(input, found);
      await sleep(delay);
    }
  };
}

/** What versions and the alias of a function have; undefined where none of them has any. */
export async function provisionedIn(
  api: LambdaApi,
  alias: string | undefined,
): Promise<Provisioned | undefined> {
  const found = (await listProvisioned(api)).map(
    (one) =>
      [qualifierOf(one.FunctionArn), one.RequestedProvisionedConcurrentExecutions ?? 0] as const,
  );
  const versions = found.filter(([qualifier]) => /^[0-9]+$/.test(qualifier));
  const ofAlias = found.find(([qualifier]) => qualifier === alias)?.[1];
  if (versions.length === 0 && ofAlias === undefined) return undefined;
  return { versions: Object.fromEntries(versions), ...defined({ alias: ofAlias }) };
}

/** How many environments each of some versions has; a version that is gone has none. */
export async function provisionedOf(
  api: LambdaApi,
  versions: readonly string[],
): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const version of versions) {
    found[version] = (await findProvisioned(api, version))?.environments ?? 0;
  }
  return found;
}

async function listProvisioned(api: LambdaApi): Promise<ProvisionedConcurrencyConfigListItem[]> {
  const found: ProvisionedConcurrencyConfigListItem[] = [];
  let Marker: string | undefined;
  do {
    const command = new ListProvisionedConcurrencyConfigsCommand({
      FunctionName: api.access.function,
      ...defined({ Marker }),
    });
    const page = await api.read(
      'control',
      `see the provisioned concurrency of ${api.access.function}`,
      (client, options) => client.send(command, options),
    );
    found.push(...(page.ProvisionedConcurrencyConfigs ?? []));
    Marker = page.NextMarker;
  } while (Marker !== undefined && Marker !== '');
  return found;
}

/** @returns undefined when there is no such version */
async function findProvisioned(api: LambdaApi, version: string): Promise<Config | undefined> {
  const { function: name } = api.access;
  const found = await api.find(
    'control',
    `see the provisioned concurrency of version ${version} of ${name}`,
    (client, options) =>
      client
        .send(
          new GetProvisionedConcurrencyConfigCommand({ FunctionName: name, Qualifier: version }),
          options,
        )
        .catch((error: unknown) => {
          if (isAwsError(error, 'ProvisionedConcurrencyConfigNotFoundException')) return NONE;
          throw error;
        }),
  );
  return (
    found && {
      environments: found.RequestedProvisionedConcurrentExecutions ?? 0,
      status: found.Status,
      reason: found.StatusReason,
    }
  );
}

const NONE: ProvisionedConcurrencyConfigListItem = {};

async function put(api: LambdaApi, version: string, wanted: number): Promise<void> {
  const { function: name } = api.access;
  await api.mutate(
    `give version ${version} of ${name} a provisioned concurrency of ${wanted}`,
    (client, options) =>
      client.send(
        new PutProvisionedConcurrencyConfigCommand({
          FunctionName: name,
          Qualifier: version,
          ProvisionedConcurrentExecutions: wanted,
        }),
        options,
      ),
  );
}

/** Taking away what is not there succeeds. */
async function remove(api: LambdaApi, version: string): Promise<void> {
  const { function: name } = api.access;
  await api.mutate(
    `take the provisioned concurrency of version ${version} of ${name} away`,
    (client, options) =>
      client.send(
        new DeleteProvisionedConcurrencyConfigCommand({ FunctionName: name, Qualifier: version }),
        options,
      ),
  );
}

async function otherServing(
  api: LambdaApi,
  { version, mayServe }: ProvisionInput,
): Promise<string[]> {
  const serving = (await listAliases(api)).filter((one) =>
    versionsOf(aliasState(one)).includes(version),
  );
  return serving.map(({ Name = '' }) => Name).filter((name) => name !== mayServe);
}

/** An ARN of a version or an alias has it as its eighth part. */
function qualifierOf(arn = ''): string {
  return arn.split(':')[7] ?? '';
}

function notAllocated(input: AwaitProvisionedInput, { reason }: Config): Error {
  const { version, wanted, function: name, region, target } = input;
  return activityFailure(
    {
      code: 'updateFailed',
      message: `AWS could not allocate the provisioned concurrency of ${wanted} for version ${version} of ${name} in ${region}: ${reason ?? 'it gives no reason'}.`,
      remedy:
        'Mostly the code fails while it starts: see the logs of the version. Otherwise AWS has no capacity at the moment, or the account no concurrency left.',
      target,
      function: name,
    },
    { retryable: false },
  );
}

function notAsked(input: AwaitProvisionedInput, found: Config | undefined): Error {
  const { version, wanted, function: name, target } = input;
  const now = found === undefined ? 'the version no longer exists' : `it is ${found.environments}`;
  return activityFailure(
    {
      code: 'foreignChange',
      message: `Someone else changed the provisioned concurrency of version ${version} of ${name} during the deployment: ${now}, and ${wanted} was asked for.`,
      target,
      function: name,
    },
    { retryable: false },
  );
}
