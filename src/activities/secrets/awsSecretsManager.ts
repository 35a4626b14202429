import {
  GetSecretValueCommand,
  SecretsManagerClient,
  type GetSecretValueCommandOutput,
} from '@aws-sdk/client-secrets-manager';
import type { AwsEndpoints } from '../../domain/awsEndpoints.js';
import { defined } from '../../domain/defined.js';
import { clientEndpoints } from '../access.js';
import { activityFailure, isAwsError } from '../awsFailure.js';
import { requestOptions } from '../requests.js';
import { translateAwsError } from '../translate.js';
import { noText } from './noText.js';
import type { FoundSecret, SecretPlace } from './secretPlace.js';

/** For how long a value is kept, in milliseconds: a secret that is replaced counts after that. */
const KEPT_MS = 60_000;

/** A secret with a longer name cannot be there. Source: CreateSecret in the API reference. */
const LONGEST_NAME = 512;

/** It is not there, or marked for deletion. */
const NONE = ['ResourceNotFoundException', 'InvalidRequestException'];

const DENIED = ['AccessDeniedException', 'UnrecognizedClientException'];

interface SecretsLocation {
  region: string;
  prefix: string;
}

/** `{{secrets.ci-token}}` is the secret `<prefix>ci-token`, read with the worker's own identity. */
export function awsSecretsManager(
  { region, prefix }: SecretsLocation,
  endpoints?: AwsEndpoints,
): SecretPlace {
  const kept = new Kept();
  // The environment's credentials and endpoint are looked up when the first secret is asked for.
  let client: SecretsManagerClient | undefined;
  const text = `AWS Secrets Manager in ${region} (${prefix}…)`;
  return {
    text,
    keepsVersions: true,
    async find(name, { version, fresh }) {
      const known = kept.get(name, version);
      if (known !== undefined && fresh !== true) return known;
      client ??= new SecretsManagerClient({
        region,
        maxAttempts: 1,
        ...clientEndpoints(endpoints),
      });
      const { SecretString, SecretBinary, VersionId } =
        (await read(client, { SecretId: `${prefix}${name}`, VersionId: version }, region)) ?? {};
      if (SecretBinary !== undefined && !SecretString) throw noText(name, text);
      const found = SecretString
        ? { value: SecretString, ...defined({ version: VersionId }) }
        : undefined;
      kept.set(name, version, found);
      if (found?.version !== undefined) kept.set(name, found.version, found);
      return found;
    },
  };
}

/** Values that were read a short while ago. */
class Kept {
  readonly #known = new Map<string, { found: FoundSecret; until: number }>();

  get(name: string, version: string | undefined): FoundSecret | undefined {
    this.#forgetOld();
    return this.#known.get(keyOf(name, version))?.found;
  }

  set(name: string, version: string | undefined, found: FoundSecret | undefined): void {
    if (found === undefined) this.#known.delete(keyOf(name, version));
    else this.#known.set(keyOf(name, version), { found, until: Date.now() + KEPT_MS });
  }

  #forgetOld(): void {
    for (const [key, { until }] of this.#known) if (until <= Date.now()) this.#known.delete(key);
  }
}

function keyOf(name: string, version = ''): string {
  return `${name}\0${version}`;
}

async function read(
  client: SecretsManagerClient,
  asked: { SecretId: string; VersionId: string | undefined },
  region: string,
): Promise<GetSecretValueCommandOutput | undefined> {
  const { SecretId: id } = asked;
  if (id.length > LONGEST_NAME) return undefined;
  try {
    return await client.send(new GetSecretValueCommand(asked), requestOptions());
  } catch (error) {
    if (isAwsError(error, ...NONE)) return undefined;
    if (isAwsError(error, ...DENIED)) throw denied(id, region);
    const doing = `read the secret ${id} of AWS Secrets Manager`;
    throw translateAwsError(error, { doing, deployRoleArn: "the worker's identity", region }, 1);
  }
}

function denied(id: string, region: string): Error {
  return activityFailure(
    {
      code: 'secretNotFound',
      message: `AWS Secrets Manager in ${region} does not let the worker read the secret ${id}.`,
      remedy:
        "Give the worker's own AWS identity secretsmanager:GetSecretValue for it, and kms:Decrypt " +
        'where it has a key of its own.',
    },
    { retryable: false },
  );
}
