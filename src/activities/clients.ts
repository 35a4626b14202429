import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ECRClient } from '@aws-sdk/client-ecr';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import type { TargetAccess } from '../domain/target.js';
import type { AwsClients } from '../metrics/providerType.js';
import { clientEndpoints, type AccessSettings } from './access.js';
import { assertMayUse, assumeRole } from './credentials.js';
import { notingOperations } from './operations.js';

export interface TargetClients {
  lambda: LambdaClient;
  s3: S3Client;
  cloudWatch: CloudWatchClient;
  ecr: ECRClient;
  iam: IAMClient;
}

/** The AWS SDK warns on the console of some failed requests; what became of them, failures tell. */
const nothing = (): void => undefined;
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Enough for the deployments that a worker runs at once; older ones are made anew. */
const MAX_CACHED = 200;

/**
 * The AWS clients of each deployment and role. They hold the role's credentials and renew them
 * shortly before they expire, so that a target's many calls assume its role once.
 */
export class ClientCache implements AwsClients {
  readonly #clients = new Map<string, TargetClients>();

  constructor(private readonly settings: AccessSettings) {}

  /** @throws ApplicationFailure `roleNotAllowed` when the application may not use the role */
  for(access: TargetAccess): TargetClients {
    assertMayUse(this.settings, access);
    return this.forRoleOfSettings(access);
  }

  /** For a role that the worker's settings name themselves, so that no rule has to allow it. */
  forRoleOfSettings(access: TargetAccess): TargetClients {
    const key = keyOf(access);
    const clients = this.#clients.get(key) ?? this.#create(access);
    this.#clients.delete(key);
    this.#clients.set(key, clients);
    this.#evict();
    return clients;
  }

  /** The next call assumes the role anew. */
  forget(access: TargetAccess): void {
    this.#clients.delete(keyOf(access));
  }

  #create(access: TargetAccess): TargetClients {
    // Temporal owns the retries: a retry of the SDK's would send a mutation unconfirmed.
    const options = {
      region: access.region,
      maxAttempts: 1,
      logger: SILENT,
      ...clientEndpoints(this.settings.endpoints),
      credentials: () => assumeRole(this.settings, access),
    };
    return {
      lambda: notingOperations(new LambdaClient(options)),
      s3: new S3Client({
        ...options,
        forcePathStyle: process.env['AWS_ENDPOINT_URL'] !== undefined,
      }),
      cloudWatch: new CloudWatchClient(options),
      ecr: new ECRClient(options),
      iam: new IAMClient(options),
    };
  }

  // Evicted clients are left to the garbage collector: another attempt may be using them.
  #evict(): void {
    for (const key of this.#clients.keys()) {
      if (this.#clients.size <= MAX_CACHED) return;
      this.#clients.delete(key);
    }
  }
}

function keyOf({ deploymentId, deployRoleArn, region }: TargetAccess): string {
  return [deploymentId, deployRoleArn, region].join(' ');
}
