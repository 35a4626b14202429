import { everywhere } from '../../domain/filling.js';
import type { Header } from '../../domain/plan.js';
import type { Rendering } from '../rendering.js';
import { Unsendable } from './unsendable.js';

/** Several values where a header is given several times. Names in lower case. */
export type Headers = Record<string, string | string[]>;

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

/** By RFC 9110. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const NOT_IN_VALUES = /[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/;

/**
 * The headers of a webhook, filled in.
 *
 * @throws Unsendable
 */
export function headersOf(given: readonly Header[], rendering: Rendering): Headers {
  const headers = new Map<string, string[]>();
  for (const { key, value } of given) {
    assertName(key);
    const name = key.toLowerCase();
    const values = headers.get(name) ?? [];
    values.push(headerValue(key, value, rendering));
    headers.set(name, values);
  }
  return Object.fromEntries(headers);
}

function assertName(key: string): void {
  if (!NAME.test(key)) {
    throw new Unsendable(`has a header whose name is none: ${JSON.stringify(key.slice(0, 40))}`);
  }
  if (RESERVED.has(key.toLowerCase()) || /^proxy-/i.test(key)) {
    throw new Unsendable(`sets the header ${key}, which belongs to the connection`, 'Remove it.');
  }
}

function headerValue(key: string, template: string, rendering: Rendering): string {
  const value = rendering
    .fill(
      template,
      everywhere((one) => one),
    )
    .trim();
  if (!NOT_IN_VALUES.test(value)) return value;
  throw new Unsendable(
    `has a value for the header ${key} that no header can have`,
    'A header is one line of Latin letters.',
  );
}
