import type { IAMClient } from '@aws-sdk/client-iam';
import { activityInfo, cancellationSignal } from '@temporalio/activity';
import type { FunctionAccess } from './access.js';
import { isAwsError } from './awsFailure.js';
import { LAST, type Bucket } from './limiter.js';
import { requestOptions } from './requests.js';
import { translateAwsError } from './translate.js';

/** IAM as one activity attempt uses it, with the deploy role. */
export class IdentityApi {
  constructor(
    readonly access: FunctionAccess,
    private readonly client: IAMClient,
    private readonly bucket: Bucket,
  ) {}

  /** @param doing - as a phrase that follows "could not" */
  async read<Output>(
    doing: string,
    send: (client: IAMClient, options: { abortSignal: AbortSignal }) => Promise<Output>,
  ): Promise<Output> {
    try {
      return await this.bucket.pass(() => send(this.client, requestOptions()), {
        signal: cancellationSignal(),
        priority: LAST,
        isThrottled: (error) => isAwsError(error, 'Throttling', 'ThrottlingException'),
      });
    } catch (error) {
      throw translateAwsError(error, { ...this.access, doing }, activityInfo().attempt);
    }
  }
}
