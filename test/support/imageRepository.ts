import {
  BatchDeleteImageCommand,
  type ECRClient,
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  PutImageCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { CreateFunctionCommand, type CreateFunctionCommandInput } from '@aws-sdk/client-lambda';
import { MANIFEST } from '../../dev/stack/repositories.js';
import type { FunctionPlan, FunctionSettings } from '../../src/domain/plan.js';
import type { AwsPlace } from './awsPlace.js';

/** What `docker push` sends for an image of several platforms. */
export const INDEX = 'application/vnd.oci.image.index.v1+json';

/** Of something that ECR keeps and Lambda does not take, which is seen when it is to become code. */
export const NOT_TAKEN = 'application/vnd.example.manifest.list+json';

/** An account and region that have repositories. */
interface Registry {
  readonly account: string;
  readonly region: string;
  readonly clients: { readonly ecr: ECRClient };
}

/** A repository for container images. */
export class ImageRepository {
  private constructor(
    private readonly registry: Registry,
    readonly name: string,
  ) {}

  static async make(registry: Registry, name: string): Promise<ImageRepository> {
    await registry.clients.ecr.send(new CreateRepositoryCommand({ repositoryName: name }));
    return new ImageRepository(registry, name);
  }

  /** One that is there. */
  static of(registry: Registry, name: string): ImageRepository {
    return new ImageRepository(registry, name);
  }

  /** `REGISTRY/REPOSITORY`. */
  get base(): string {
    const { account, region } = this.registry;
    return `${account}.dkr.ecr.${region}.amazonaws.com/${this.name}`;
  }

  uri(tag = 'live'): string {
    return `${this.base}:${tag}`;
  }

  /**
   * Gives a tag to an image that differs from others by a text.
   *
   * @returns its digest, without `sha256:`
   */
  async put(text: string, tag = 'live', imageManifestMediaType = MANIFEST): Promise<string> {
    const imageManifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: imageManifestMediaType,
      annotations: { text },
    });
    const repositoryName = this.name;
    const { image } = await this.registry.clients.ecr.send(
      new PutImageCommand({ repositoryName, imageManifest, imageManifestMediaType, imageTag: tag }),
    );
    return (image?.imageId?.imageDigest ?? '').replace('sha256:', '');
  }

  /** @param digest - without `sha256:` */
  async delete(digest: string): Promise<void> {
    const imageIds = [{ imageDigest: `sha256:${digest}` }];
    await this.registry.clients.ecr.send(
      new BatchDeleteImageCommand({ repositoryName: this.name, imageIds }),
    );
  }

  async deleteAll(): Promise<void> {
    await this.registry.clients.ecr.send(
      new DeleteRepositoryCommand({ repositoryName: this.name, force: true }),
    );
  }

  /** Lets another account see and fetch what is here. */
  async share(account: string, actions: readonly string[]): Promise<void> {
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: actions,
    };
    const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await this.registry.clients.ecr.send(
      new SetRepositoryPolicyCommand({ repositoryName: this.name, policyText }),
    );
  }
}

/** What a plan says of a function that is the image of a tag. */
export function imagePlan(
  place: AwsPlace,
  repository: ImageRepository,
  name: string,
  { alias, ...changes }: Partial<FunctionSettings> & { alias?: string } = {},
): FunctionPlan {
  return {
    name,
    package: { imageUri: repository.uri() },
    settings: { role: place.executionRoleArn, ...changes },
    ...(alias !== undefined && { alias }),
  };
}

/** Makes a function of the image of a tag, by hand. */
export async function makeImageFunction(
  place: AwsPlace,
  repository: ImageRepository,
  name: string,
  more: Partial<CreateFunctionCommandInput> = {},
): Promise<void> {
  await place.clients.lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      PackageType: 'Image',
      Role: place.executionRoleArn,
      Code: { ImageUri: repository.uri() },
      ...more,
    }),
  );
  await place.settled(name);
}
