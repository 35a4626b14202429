import { cancellationSignal } from '@temporalio/activity';
import { templatesIn } from '../../domain/templateUses.js';
import type { CallbackClaims } from '../../domain/callbacks.js';
import { defined } from '../../domain/defined.js';
import { excerpt } from '../../domain/excerpt.js';
import { shortened, type Failure } from '../../domain/failures.js';
import { TooMuch } from '../../domain/filling.js';
import { NoAnswer } from '../../domain/noAnswer.js';
import { BLOT } from '../../domain/redaction.js';
import { runLink } from '../../domain/runLink.js';
import { activityFailure } from '../awsFailure.js';
import type { CallResult, WebhookInput } from '../deciding.js';
import { Rendering } from '../rendering.js';
import type { SecretStore } from '../secrets/secretStore.js';
import type { AddressGuard } from './addresses.js';
import { ownRun } from './ownRun.js';
import { requestOf } from './request.js';
import { retryAfterMs } from './retryAfter.js';
import { send, type HttpResponse, type OutgoingRequest, type Sending } from './send.js';
import { Unsendable } from './unsendable.js';
import { shownHost } from './uri.js';

/**
 * Makes an address for the callback of one step.
 *
 * @param secrets - of the call: what is called may repeat them in its callback
 */
export type IssueCallback = (
  claims: Omit<CallbackClaims, 'secrets'>,
  secrets: readonly string[],
) => Promise<string>;

export interface WebhookDependencies extends Omit<Sending, 'guard'> {
  secrets: SecretStore;
  /** Which addresses the webhooks of an application may call. */
  guardFor(application: string): AddressGuard;
  /** Whether the webhooks of an application are called. */
  serves(application: string): boolean;
  /** Absent where the settings have no `callbacks`. */
  issueCallback?: IssueCallback;
  /** Where the Temporal UI is, without a slash at its end; absent where nobody says so. */
  uiUrl?: string;
  /** Sluice's. */
  version: string;
}

/** These may go well later. Source: RFC 9110, and RFC 6585 for 429. */
const isPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/** The longest template that is quoted, in characters. */
const MAX_TEMPLATE = 200;

/**
 * Calls a webhook once.
 *
 * @throws ApplicationFailure, before anything is sent, when the application is not served, a variable
 *   has no value, a secret is missing, or callbacks are not configured
 */
export function callWebhook(dependencies: WebhookDependencies) {
  return async function callWebhook(input: WebhookInput): Promise<CallResult> {
    if (!dependencies.serves(input.application)) throw notServed(input);
    const rendering = await render(input, dependencies);
    const sending = { ...dependencies, guard: dependencies.guardFor(input.application) };
    try {
      const request = requestOf(input, rendering, dependencies.version);
      return await new Call(input, rendering, request).make(sending);
    } catch (error) {
      if (!(error instanceof Unsendable || error instanceof TooMuch)) throw error;
      const { message, remedy } = error;
      return failed(input, rendering, { message, remedy, retryable: false });
    }
  };
}

async function render(
  given: WebhookInput,
  { secrets, issueCallback, uiUrl }: WebhookDependencies,
): Promise<Rendering> {
  const input = withLink(given, uiUrl);
  const { name, webhook, callbackExpiresAt, gate } = input;
  const texts = templatesIn(webhook);
  const whose = { owner: `the webhook ${name}`, code: 'webhookFailed' } as const;
  if (callbackExpiresAt === undefined) return Rendering.of(texts, input, secrets, whose);
  if (issueCallback === undefined) throw noCallbacks(input);
  const claims = { ...ownRun(), gate, expiresAt: callbackExpiresAt };
  return Rendering.of(texts, input, secrets, {
    ...whose,
    issueCallback: (used) => issueCallback(claims, used),
  });
}

/** Where the UI is depends on who makes the call, so a workflow cannot know it. */
function withLink(input: WebhookInput, uiUrl: string | undefined): WebhookInput {
  const { deployment, variables } = input;
  if (deployment === undefined || uiUrl === undefined) return input;
  return { ...input, variables: { ...variables, deploymentLink: runLink(uiUrl, deployment) } };
}

function notServed({ name, target, application, webhook }: WebhookInput): Error {
  return activityFailure(
    {
      code: 'webhookFailed',
      message: `The webhook ${name} was not called: the settings of the agent ${webhook.agentIdentifier ?? ''} do not let ${application} use it. Nothing was sent.`,
      remedy:
        "Add it to a rule under `agents` that names the application, in the agent's settings.",
      target,
    },
    { retryable: false },
  );
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

/** A call, and what can be said about it. */
class Call {
  /** Undefined where it could tell a secret. */
  readonly #host: string | undefined;

  constructor(
    private readonly input: WebhookInput,
    private readonly rendering: Rendering,
    private readonly request: OutgoingRequest,
  ) {
    this.#host = shownHost(input.webhook.uriTemplate, rendering, request.url);
  }

  async make(sending: Sending): Promise<CallResult> {
    try {
      const answer = await send(this.request, sending, cancellationSignal());
      const { status } = answer;
      return status >= 200 && status < 300 ? { status } : this.#refused(answer);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      const { message, retryable, remedy } = error;
      const said = `(${this.#where}) ${this.#withoutHost(message)}`;
      return failed(this.input, this.rendering, { message: said, retryable, remedy });
    }
  }

  #refused(answer: HttpResponse): CallResult {
    const { status } = answer;
    const isRedirect = status >= 300 && status < 400;
    const how = isRedirect
      ? `redirected by ${this.#where} (${status}), and redirects are not followed`
      : `answered by ${this.#where} with ${status}`;
    const delayMs = retryAfterMs(answer.retryAfter);
    return {
      ...failed(this.input, this.rendering, {
        message: `was ${how}${this.#quotation(answer)}`,
        retryable: isPassing(status),
        remedy: isRedirect ? 'Write the address that it redirects to.' : undefined,
      }),
      ...defined({ retryAfterMs: delayMs }),
    };
  }

  get #where(): string {
    return this.#host ?? this.input.webhook.uriTemplate.slice(0, MAX_TEMPLATE);
  }

  /** A secret may hold the host that it is called at. */
  #withoutHost(text: string): string {
    const host = this.request.url.hostname.replace(/^\[|\]$/g, '');
    return this.#host === undefined ? text.replaceAll(host, BLOT) : text;
  }

  /** What is called may repeat what it was sent, so nothing is quoted where that was secret. */
  #quotation({ text }: HttpResponse): string {
    const quoted = this.rendering.secrets.length > 0 ? '' : excerpt(text);
    return quoted === '' ? '' : `: ${quoted}`;
  }
}

interface CallProblem {
  /** The end of a sentence that begins with the webhook. */
  message: string;
  retryable: boolean;
  remedy?: string | undefined;
}

function failed(
  { name, target }: WebhookInput,
  rendering: Rendering,
  { message, retryable, remedy }: CallProblem,
): Extract<CallResult, { failure: Failure }> {
  return {
    failure: shortened({
      code: 'webhookFailed',
      message: rendering.redact(`The webhook ${name} ${message}.`),
      ...defined({ remedy }),
      target,
    }),
    retryable,
  };
}
