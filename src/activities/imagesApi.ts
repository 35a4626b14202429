import { DescribeImagesCommand, type ECRClient, type ImageDetail } from '@aws-sdk/client-ecr';
import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { readImageUri } from '../domain/images.js';
import type { TargetAccess } from '../domain/target.js';
import type { FunctionAccess } from './access.js';
import { isAwsError } from './awsFailure.js';
import type { Bucket } from './limiter.js';
import { priorityOf } from './lambdaApi.js';
import { requestOptions } from './requests.js';
import { translateAwsError } from './translate.js';

/** Whose images are looked at: a target's, before it is known which function they are for, or one's. */
export type ImagesAccess = TargetAccess & Partial<FunctionAccess>;

/** Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors.html (HTTP 429). */
const THROTTLED = ['ThrottlingException', 'ThrottleException', 'TooManyRequestsException'];

/** Amazon ECR as one activity attempt uses it, with the deploy role. */
export class ImagesApi {
  constructor(
    readonly access: ImagesAccess,
    private readonly client: ECRClient,
    private readonly bucket: Bucket,
  ) {}

  /**
   * What ECR says of an image; undefined where it answers with none.
   *
   * @param uri - with a tag or a digest
   */
  async describe(uri: string): Promise<ImageDetail | undefined> {
    const { registryId, repository, tag, digest } = readImageUri(uri) ?? {};
    const imageId = digest === undefined ? { imageTag: tag } : { imageDigest: `sha256:${digest}` };
    const command = new DescribeImagesCommand({
      registryId,
      repositoryName: repository,
      imageIds: [imageId],
    });
    try {
      const { imageDetails = [] } = await this.bucket.pass(
        () => this.client.send(command, requestOptions()),
        {
          signal: cancellationSignal(),
          priority: priorityOf(this.access),
          isThrottled: (error) => isAwsError(error, ...THROTTLED),
        },
      );
      return imageDetails[0];
    } catch (error) {
      throw translateAwsError(
        error,
        { ...this.access, doing: `look at ${uri}` },
        activityInfo().attempt,
      );
    }
  }
}
