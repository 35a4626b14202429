import type { Webhook } from '../../domain/plan.js';
import type { WebhookInput } from '../deciding.js';
import type { Rendering } from '../rendering.js';
import { ownRun } from './ownRun.js';
import type { OutgoingRequest } from '../send.js';

/** What is said when a webhook cannot be called as it is rendered. Its message ends a sentence. */
export class Unsendable extends Error {}

/** They belong to the connection, not to whoever writes a webhook. */
const RESERVED = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'te',
  'trailer',
  'expect',
]);

/**
 * The request that a webhook means.
 *
 * - A value at the very beginning of the URI stands as it is: a base address. In the path it is
 *   percent-encoded but for its slashes, and in the query completely.
 * - In a JSON body a value is escaped as in a JSON text.
 *
 * @throws Unsendable
 */
export function requestOf(
  { webhook, gate }: Pick<WebhookInput, 'webhook' | 'gate'>,
  rendering: Rendering,
): OutgoingRequest {
  const { method, bodyTemplate } = webhook;
  const headers = headersOf(webhook, gate, rendering);
  const request = { method, url: urlOf(webhook.uriTemplate, rendering) };
  if (bodyTemplate === undefined) return { ...request, headers };
  const type = valueOf(headers, 'content-type') ?? defaultType(bodyTemplate);
  const body = rendering.fill(bodyTemplate, /json/i.test(type) ? insideJson : asItIs);
  return { ...request, headers: { 'Content-Type': type, ...headers }, body };
}

function urlOf(template: string, rendering: Rendering): URL {
  const queryAt = template.indexOf('?');
  const text = rendering.fill(template, (value, { start }) => {
    if (start === 0) return value;
    const isInQuery = queryAt >= 0 && start > queryAt;
    return isInQuery ? encoded(value) : inPath(value);
  });
  if (!URL.canParse(text)) throw new Unsendable('has a URI that is none once it is filled in');
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol)) throw new Unsendable('has a URI that is not http or https');
  if (url.username !== '' || url.password !== '') {
    throw new Unsendable('has a user in its URI: write an Authorization header instead');
  }
  return url;
}

function inPath(value: string): string {
  const parts = value.split('/');
  if (parts.some((part) => part === '.' || part === '..')) {
    throw new Unsendable('has a value in its path that leads elsewhere');
  }
  return parts.map(encoded).join('/');
}

/** Half a character cannot be encoded. */
function encoded(value: string): string {
  return encodeURIComponent(value.replaceAll(/\p{Cs}/gu, ''));
}

function headersOf(
  { headers }: Webhook,
  gate: string,
  rendering: Rendering,
): Record<string, string> {
  const given = headers.map(({ key, value }) => [key, rendering.fill(value, asItIs)] as const);
  for (const [key, value] of given) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(key)) {
      throw new Unsendable(`has a header whose name is none: ${JSON.stringify(key.slice(0, 40))}`);
    }
    if (RESERVED.has(key.toLowerCase()) || /^proxy-/i.test(key)) {
      throw new Unsendable(`sets the header ${key}, which belongs to the connection`);
    }
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    if (/[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/.test(value)) {
      throw new Unsendable(`has a value for the header ${key} that no header can have`);
    }
  }
  const own = Object.fromEntries(given);
  const defaults = { 'User-Agent': 'sluice', 'Idempotency-Key': idempotencyKey(gate) };
  const missing = Object.entries(defaults).filter(([key]) => valueOf(own, key) === undefined);
  return { ...Object.fromEntries(missing), ...own };
}

/** By it a step's call that is made again can be recognised. */
function idempotencyKey(gate: string): string {
  return `${ownRun().runId}/${encodeURIComponent(gate)}`;
}

function valueOf(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function defaultType(body: string): string {
  return /^\s*[[{](?!\{)/.test(body) ? 'application/json' : 'text/plain; charset=utf-8';
}

function insideJson(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

function asItIs(value: string): string {
  return value;
}
