import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { activityFailure, isAwsError, readAwsError } from '../awsFailure.js';
import { requestOptions } from '../requests.js';
import type { SecretPlace } from './createSecretStore.js';

/** For how long a value is kept, in milliseconds: a secret that is replaced counts after that. */
const KEPT_MS = 60_000;

/** It is there but marked for deletion, or has no text: no value to be had. */
const NONE = ['ResourceNotFoundException', 'InvalidRequestException'];

/** `{{secrets.ci-token}}` is the secret `<prefix>ci-token`, read with the worker's own identity. */
export function awsSecretsManager(settings: { region: string; prefix: string }): SecretPlace {
  const { region, prefix } = settings;
  const text = `AWS Secrets Manager in ${region} (${prefix}…)`;
  const kept = new Map<string, { value: string; until: number }>();
  // The environment's credentials and endpoint are looked up when the first secret is asked for.
  let client: SecretsManagerClient | undefined;
  return {
    text,
    async find(name) {
      const known = kept.get(name);
      if (known !== undefined && known.until > Date.now()) return known.value;
      client ??= new SecretsManagerClient({ region, maxAttempts: 1 });
      const value = await read(client, `${prefix}${name}`, text);
      if (value !== undefined) kept.set(name, { value, until: Date.now() + KEPT_MS });
      return value;
    },
  };
}

async function read(
  client: SecretsManagerClient,
  id: string,
  where: string,
): Promise<string | undefined> {
  try {
    const { SecretString } = await client.send(
      new GetSecretValueCommand({ SecretId: id }),
      requestOptions(),
    );
    return SecretString || undefined;
  } catch (error) {
    if (isAwsError(error, ...NONE)) return undefined;
    throw unreadable(error, id, where);
  }
}

function unreadable(error: unknown, id: string, where: string): Error {
  const { name } = readAwsError(error);
  const isDenied = isAwsError(error, 'AccessDeniedException', 'UnrecognizedClientException');
  return activityFailure(
    {
      code: isDenied ? 'secretNotFound' : 'awsUnavailable',
      message: `The secret ${id} cannot be read from ${where} (${name}).`,
      ...(isDenied && {
        remedy: "Give the worker's identity secretsmanager:GetSecretValue for it.",
      }),
    },
    { retryable: !isDenied },
  );
}
