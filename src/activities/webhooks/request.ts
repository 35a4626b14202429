import type { WebhookInput } from '../deciding.js';
import type { Rendering } from '../rendering.js';
import { bodyOf, defaultType } from './body.js';
import { type Headers, headersOf } from './headers.js';
import { ownRun } from './ownRun.js';
import type { OutgoingRequest } from './send.js';
import { urlOf } from './uri.js';

/**
 * The request that a webhook means. The headers that it gives itself go before those that every call
 * has.
 *
 * @param version - Sluice's
 * @throws Unsendable
 */
export function requestOf(
  { webhook, gate }: Pick<WebhookInput, 'webhook' | 'gate'>,
  rendering: Rendering,
  version: string,
): OutgoingRequest {
  const { method, uriTemplate, bodyTemplate } = webhook;
  const url = urlOf(uriTemplate, rendering);
  const headers: Headers = {
    'user-agent': `sluice/${version}`,
    'idempotency-key': idempotencyKey(gate),
    ...headersOf(webhook.headers, rendering),
  };
  if (bodyTemplate === undefined) return { method, url, headers };
  const type = headers['content-type']?.toString() ?? defaultType(bodyTemplate);
  const body = bodyOf(bodyTemplate, type, rendering);
  return { method, url, headers: { 'content-type': type, ...headers }, body };
}

/** By it a step's call that is made again can be recognised. */
function idempotencyKey(gate: string): string {
  return `${ownRun().runId}/${encodeURIComponent(gate)}`;
}
