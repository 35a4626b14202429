import {
  CreateRepositoryCommand,
  ECRClient,
  PutImageCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { readImageUri } from '../../src/domain/images.js';
import { awsOptions } from './awsOptions.js';

/** What `docker push` sends for an image of one platform. */
export const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';

/**
 * Makes the repository of an image in its registry, and gives its tag to an image there. The emulator
 * keeps what is said of images, and runs none. What is there already stays.
 *
 * @param readers - the accounts whose deploy roles may fetch it
 */
export async function seedImage(
  imageUri: string,
  readers: Iterable<string>,
  awsEndpoint: string,
): Promise<void> {
  const {
    registryId: account = '',
    region = '',
    repository: repositoryName,
    tag: imageTag,
  } = readImageUri(imageUri) ?? {};
  const ecr = new ECRClient(awsOptions({ awsEndpoint, account, region }));
  try {
    await ecr
      .send(new CreateRepositoryCommand({ repositoryName }))
      .catch(unless('RepositoryAlreadyExistsException'));
    await ecr.send(
      new SetRepositoryPolicyCommand({ repositoryName, policyText: letFetch([...readers]) }),
    );
    const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType: MANIFEST });
    await ecr
      .send(
        new PutImageCommand({
          repositoryName,
          imageManifest,
          imageManifestMediaType: MANIFEST,
          imageTag,
        }),
      )
      .catch(unless('ImageAlreadyExistsException'));
  } finally {
    ecr.destroy();
  }
}

/** What docs/roles.md says of the policy of a repository. */
function letFetch(accounts: readonly string[]): string {
  const statement = {
    Effect: 'Allow',
    Principal: {
      AWS: accounts.map((id) => `arn:aws:iam::${id}:root`),
      Service: 'lambda.amazonaws.com',
    },
    Action: ['ecr:DescribeImages', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

function unless(name: string): (error: Error) => void {
  return (error) => {
    if (error.name !== name) throw error;
  };
}
