import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { AwsEndpoints } from '../../domain/awsEndpoints.js';
import { clientEndpoints } from '../access.js';
import { activityFailure, isAwsError } from '../awsFailure.js';
import { requestOptions } from '../requests.js';
import { translateAwsError } from '../translate.js';
import type { SecretPlace } from './secretPlace.js';

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
  const kept = new Map<string, { value: string; until: number }>();
  // The environment's credentials and endpoint are looked up when the first secret is asked for.
  let client: SecretsManagerClient | undefined;
  return {
    text: `AWS Secrets Manager in ${region} (${prefix}…)`,
    async find(name) {
      const known = kept.get(name);
      if (known !== undefined && known.until > Date.now()) return known.value;
      client ??= new SecretsManagerClient({
        region,
        maxAttempts: 1,
        ...clientEndpoints(endpoints),
      });
      const value = await read(client, `${prefix}${name}`, region);
      if (value === undefined) kept.delete(name);
      else kept.set(name, { value, until: Date.now() + KEPT_MS });
      return value;
    },
  };
}

async function read(
  client: SecretsManagerClient,
  id: string,
  region: string,
): Promise<string | undefined> {
  if (id.length > LONGEST_NAME) return undefined;
  try {
    const { SecretString } = await client.send(
      new GetSecretValueCommand({ SecretId: id }),
      requestOptions(),
    );
    return SecretString || undefined;
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
