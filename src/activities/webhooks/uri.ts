import type { Encoder } from '../../domain/filling.js';
import type { Rendering } from '../rendering.js';
import { Unsendable } from './unsendable.js';

/**
 * Where a webhook calls. A value at the very beginning stands as it is: a base address. In the host
 * it can only be a part of the host and its port, in the path it is percent-encoded but for its
 * slashes, and behind that completely.
 *
 * @throws Unsendable
 */
export function urlOf(template: string, rendering: Rendering): URL {
  const text = rendering.fill(template, encodeInUri());
  if (!URL.canParse(text)) throw new Unsendable('has a URI that is none once it is filled in');
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol)) throw new Unsendable('has a URI that is not http or https');
  if (url.username !== '' || url.password !== '') {
    throw new Unsendable('has a user in its URI', 'Write an Authorization header instead.');
  }
  return url;
}

/** The host that is called, for people; undefined where that could tell a secret. */
export function shownHost(template: string, rendering: Rendering, url: URL): string | undefined {
  const shown = rendering.fillShown(template, encodeInUri());
  const isSame = URL.canParse(shown) && new URL(shown).host === url.host;
  return isSame ? url.host : undefined;
}

/** Where in a URI a text has come to. */
type UriPart = 'start' | 'scheme' | 'slash' | 'slashes' | 'host' | 'path' | 'query';

/** What comes after a part, by the character that ends it. */
const NEXT: Partial<Record<UriPart, Readonly<Record<string, UriPart>>>> = {
  scheme: { ':': 'slash' },
  slash: { '/': 'slashes' },
  slashes: { '/': 'host' },
  host: { '/': 'path' },
};

function encodeInUri(): Encoder {
  let part: UriPart = 'start';
  const read = (text: string): void => {
    for (const character of text) part = partAfter(part, character);
  };
  return {
    text: read,
    value(value) {
      const fitting = encodedIn(part, value);
      read(fitting);
      return fitting;
    },
  };
}

function partAfter(part: UriPart, character: string): UriPart {
  if (part === 'query' || /[?#]/.test(character)) return 'query';
  const next = NEXT[part]?.[character];
  if (next !== undefined) return next;
  const isScheme = (part === 'start' || part === 'scheme') && /[a-z]/i.test(character);
  if (isScheme) return 'scheme';
  return part === 'host' ? 'host' : 'path';
}

function encodedIn(part: UriPart, value: string): string {
  if (part === 'start') return value;
  if (part === 'query') return encoded(value);
  return part === 'host' ? inHost(value) : inPath(value);
}

function inHost(value: string): string {
  return encoded(value).replaceAll('%3A', ':');
}

function inPath(value: string): string {
  const parts = value.split('/');
  if (parts.some((part) => part === '.' || part === '..')) {
    throw new Unsendable(
      'has a value in the path of its URI that leads elsewhere',
      'Give the variable a value without the parts . and ..',
    );
  }
  return parts.map(encoded).join('/');
}

/** Half a character cannot be encoded. */
function encoded(value: string): string {
  return encodeURIComponent(value.replaceAll(/\p{Cs}/gu, ''));
}
