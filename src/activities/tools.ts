import { accountOf } from '../domain/arns.js';
import type { TargetAccess } from '../domain/target.js';
import type { FunctionAccess } from './access.js';
import type { ClientCache, TargetClients } from './clients.js';
import { LambdaApi, type ConfirmCurrent } from './lambdaApi.js';
import type { Limiter } from './limiter.js';
import type { FindLatestRun } from './otherRuns.js';
import { IdentityApi } from './identityApi.js';
import { ImagesApi, type ImagesAccess } from './imagesApi.js';
import type { VersionedSecrets } from './secrets/secretStore.js';

/** What every activity is made with. */
export class Tools {
  constructor(
    private readonly clients: ClientCache,
    private readonly limiter: Limiter,
    private readonly confirmCurrent: ConfirmCurrent,
    /** Tells about the newest run of a workflow id. */
    readonly findRun: FindLatestRun,
    /** What environments are filled in from. */
    readonly secrets: VersionedSecrets,
  ) {}

  /** @param secrets - values that must not appear in an error, even if AWS repeats them */
  lambda(access: FunctionAccess, secrets: readonly string[] = []): LambdaApi {
    const account = accountOf(access.deployRoleArn);
    return new LambdaApi(
      access,
      this.clientsFor(access).lambda,
      (pool) => this.limiter.bucket(account, access.region, pool),
      this.confirmCurrent,
      () => this.clients.forget(access),
      [...secrets, ...(access.hidden ?? [])],
    );
  }

  /** IAM is one for all regions. */
  identity(access: FunctionAccess): IdentityApi {
    const bucket = this.limiter.bucket(accountOf(access.deployRoleArn), 'iam', 'control');
    return new IdentityApi(access, this.clientsFor(access).iam, bucket);
  }

  /** @param registryId - the account that the images are of: its quota counts */
  images(access: ImagesAccess, registryId: string): ImagesApi {
    const bucket = this.limiter.bucket(registryId, access.region, 'images');
    return new ImagesApi(access, this.clientsFor(access).ecr, bucket);
  }

  clientsFor(access: TargetAccess): TargetClients {
    return this.clients.for(access);
  }
}
