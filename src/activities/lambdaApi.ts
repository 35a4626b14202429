import type { LambdaClient } from '@aws-sdk/client-lambda';
import { activityInfo, cancellationSignal, cancelled } from '@temporalio/activity';
import { withoutSecrets } from '../domain/redaction.js';
import type { FunctionAccess } from './access.js';
import { activityFailure, isAwsError } from './awsFailure.js';
import { FIRST, LAST, NORMAL, type Bucket, type Pool } from './limiter.js';
import { requestOptions } from './requests.js';
import { translateAwsError } from './translate.js';

/** Confirms with Temporal that an attempt is current and not cancelled; throws when it is not. */
export type ConfirmCurrent = (taskToken: Uint8Array) => Promise<void>;

/** The call that a command of the AWS SDK makes. */
export type Send<Output> = (
  client: LambdaClient,
  options: { abortSignal: AbortSignal },
) => Promise<Output>;

/** After these the role is assumed anew: it may have been repaired, or made again, meanwhile. */
const CREDENTIALS_REFUSED = [
  'AccessDeniedException',
  'UnrecognizedClientException',
  'ExpiredTokenException',
];

/** Lambda as one activity attempt uses it, for one function. */
export class LambdaApi {
  constructor(
    readonly access: FunctionAccess,
    private readonly client: LambdaClient,
    private readonly bucket: (pool: Pool) => Bucket,
    private readonly confirmCurrent: ConfirmCurrent,
    private readonly renewCredentials: () => void,
    private readonly secrets: readonly string[] = [],
  ) {}

  /** @param doing - as a phrase that follows "could not" */
  async read<Output>(pool: Pool, doing: string, send: Send<Output>): Promise<Output> {
    return this.#call(pool, doing, send);
  }

  /** Like {@link read}, but a thing that does not exist is undefined. */
  async find<Output>(pool: Pool, doing: string, send: Send<Output>): Promise<Output | undefined> {
    return this.#call(pool, doing, (client, options) =>
      send(client, options).catch((error: unknown) => {
        if (isAwsError(error, 'ResourceNotFoundException')) return undefined;
        throw error;
      }),
    );
  }

  /**
   * Sends a request that changes something. After the limiter and right before the request, the
   * attempt asks Temporal whether it is still the one that may write: a paused machine that wakes
   * up after its work was given to another must not write any more.
   */
  async mutate<Output>(doing: string, send: Send<Output>): Promise<Output> {
    return this.#call('control', doing, async (client) => {
      await this.#confirm();
      return send(client, requestOptions());
    });
  }

  /** What AWS says, without what nobody may read. */
  told(text: string): string {
    return withoutSecrets(text, this.secrets);
  }

  async #confirm(): Promise<void> {
    try {
      await this.confirmCurrent(activityInfo().taskToken);
    } catch (error) {
      // Temporal knows of the cancellation; this attempt hears of it with its next heartbeat.
      if (error instanceof Error && error.name === 'ActivityCancelledError') await cancelled();
      throw activityFailure(
        {
          code: 'internal',
          message:
            'Temporal did not confirm that this attempt is the current one; nothing was written.',
          target: this.access.target,
          function: this.access.function,
        },
        { retryable: true },
      );
    }
  }

  async #call<Output>(pool: Pool, doing: string, send: Send<Output>): Promise<Output> {
    const bucket = this.bucket(pool);
    try {
      return await bucket.pass(() => send(this.client, requestOptions()), {
        signal: cancellationSignal(),
        priority: priorityOf(this.access),
        isThrottled: (error) => isAwsError(error, 'TooManyRequestsException'),
      });
    } catch (error) {
      if (isAwsError(error, ...CREDENTIALS_REFUSED)) this.renewCredentials();
      throw this.#translate(error, doing);
    }
  }

  #translate(error: unknown, doing: string): unknown {
    // A precondition that failed is an answer, not a fault: the mutation returns what it saw.
    if (isAwsError(error, 'PreconditionFailedException')) return error;
    const operation = { ...this.access, doing, secrets: this.secrets };
    return translateAwsError(error, operation, activityInfo().attempt);
  }
}

/** Whose request goes before others'. */
export function priorityOf({
  rollback,
  preflight,
}: Pick<FunctionAccess, 'rollback' | 'preflight'>): number {
  if (rollback === true) return FIRST;
  return preflight === true ? LAST : NORMAL;
}
