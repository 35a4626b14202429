import { cancellationSignal } from '@temporalio/activity';
import type { CallbackClaims } from '../../domain/callbacks.js';
import type { Failure } from '../../domain/failures.js';
import { activityFailure } from '../awsFailure.js';
import type { CallResult, WebhookInput } from '../deciding.js';
import { excerpt } from '../excerpt.js';
import { NoAnswer } from '../noAnswer.js';
import { Rendering } from '../rendering.js';
import type { SecretStore } from '../secrets/secretStore.js';
import type { AddressGuard } from './addresses.js';
import { requestOf, Unsendable } from './request.js';
import { ownRun } from './ownRun.js';
import { retryAfterMs } from './retryAfter.js';
import { send, SEND_LIMITS, type Answer, type SendLimits } from '../send.js';

/**
 * Makes an address for the callback of one step.
 *
 * @param secrets - of the call: what is called may repeat them in its callback
 */
export type IssueCallback = (
  claims: Omit<CallbackClaims, 'secrets'>,
  secrets: readonly string[],
) => Promise<string>;

export interface WebhookDependencies {
  secrets: SecretStore;
  guard: AddressGuard;
  /** Absent where the settings have no `callbacks`. */
  issueCallback?: IssueCallback;
  limits?: SendLimits;
}

/** These may go well later. Source: RFC 9110, and RFC 6585 for 429. */
const isPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/**
 * Calls a webhook once.
 *
 * @throws ApplicationFailure, before anything is sent, when a variable has no value, a secret is
 *   missing, or callbacks are not configured
 */
export function callWebhook(dependencies: WebhookDependencies) {
  return async function callWebhook(input: WebhookInput): Promise<CallResult> {
    const rendering = await render(input, dependencies);
    try {
      const request = requestOf(input, rendering);
      const { guard, limits = SEND_LIMITS } = dependencies;
      const answer = await send(request, guard, limits, cancellationSignal());
      if (answer.status >= 200 && answer.status < 300) return { status: answer.status };
      return refusedBy(answer, input, rendering, request.url);
    } catch (error) {
      return failed(error, input, rendering);
    }
  };
}

async function render(
  input: WebhookInput,
  { secrets, issueCallback }: WebhookDependencies,
): Promise<Rendering> {
  const { name, webhook, callbackExpiresAt, gate } = input;
  const texts = [
    webhook.uriTemplate,
    ...webhook.headers.map(({ value }) => value),
    webhook.bodyTemplate ?? '',
  ];
  const waits = callbackExpiresAt !== undefined;
  const variables = waits ? { ...input.variables, callbackUri: '' } : input.variables;
  const whose = { owner: `the webhook ${name}`, code: 'webhookFailed' } as const;
  const rendering = await Rendering.of(texts, { ...input, variables }, secrets, whose);
  if (!waits) return rendering;
  if (issueCallback === undefined) throw noCallbacks(input);
  const claims = { ...ownRun(), gate, expiresAt: callbackExpiresAt };
  rendering.provide('armory.callbackUri', await issueCallback(claims, rendering.secrets));
  return rendering;
}

function noCallbacks({ name, target }: WebhookInput): Error {
  return activityFailure(
    {
      code: 'webhookFailed',
      message: `The webhook ${name} waits for a callback, but where callbacks arrive is not configured. Nothing was sent.`,
      remedy: 'Add `callbacks` to the settings file of whoever calls it.',
      target,
    },
    { retryable: false },
  );
}

function refusedBy(
  answer: Answer,
  input: WebhookInput,
  rendering: Rendering,
  url: URL,
): CallResult {
  const { status } = answer;
  const by = /\{\{\s*secrets\./.test(input.webhook.uriTemplate) ? '' : ` by ${url.host}`;
  const how =
    status >= 300 && status < 400
      ? `redirected${by} (${status}), and redirects are not followed`
      : `answered${by} with ${status}`;
  const message = `The webhook ${input.name} was ${how}${quotation(answer, input, rendering)}.`;
  const delayMs = retryAfterMs(answer.retryAfter);
  return {
    failure: failureOf(message, input, rendering),
    retryable: isPassing(status),
    ...(delayMs !== undefined && { retryAfterMs: delayMs }),
  };
}

/** What is called may repeat what it was sent, so nothing is quoted where that was secret. */
function quotation({ text }: Answer, input: WebhookInput, rendering: Rendering): string {
  const isSecret = rendering.secrets.length > 0 || input.callbackExpiresAt !== undefined;
  const quoted = isSecret ? '' : excerpt(text);
  return quoted === '' ? '' : `: ${quoted}`;
}

function failed(error: unknown, input: WebhookInput, rendering: Rendering): CallResult {
  if (!(error instanceof NoAnswer || error instanceof Unsendable)) throw error;
  const failure = failureOf(`The webhook ${input.name} ${error.message}.`, input, rendering);
  if (error instanceof Unsendable) return { failure, retryable: false };
  const { remedy, retryable } = error;
  return { failure: { ...failure, ...(remedy !== undefined && { remedy }) }, retryable };
}

function failureOf(message: string, { target }: WebhookInput, rendering: Rendering): Failure {
  return { code: 'webhookFailed', message: rendering.redact(message), target };
}
