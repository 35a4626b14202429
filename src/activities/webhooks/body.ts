import { everywhere, type Encoder } from '../../domain/filling.js';
import { isJsonTemplate } from '../../domain/jsonTemplate.js';
import type { Rendering } from '../rendering.js';
import { Unsendable } from './unsendable.js';

/** What a body without a Content-Type is: JSON, if it is that once its variables have values. */
export function defaultType(template: string): string {
  return isJsonTemplate(template) ? 'application/json' : 'text/plain; charset=utf-8';
}

/**
 * The body of a webhook. In JSON a value is escaped as inside a JSON text, and in a form encoded as
 * there; elsewhere it stands as it is.
 *
 * @param type - the Content-Type
 * @throws Unsendable when values have made something else of JSON
 */
export function bodyOf(template: string, type: string, rendering: Rendering): string {
  const body = rendering.fill(template, encodingFor(type));
  if (/json/i.test(type) && isJsonTemplate(template) && !parses(body)) {
    throw new Unsendable(
      'has a body that is no JSON any more once it is filled in',
      'Put quotes around variables whose values are not numbers: "{{…}}".',
    );
  }
  return body;
}

function encodingFor(type: string): Encoder {
  if (/json/i.test(type)) return everywhere((value) => JSON.stringify(value).slice(1, -1));
  if (/^\s*application\/x-www-form-urlencoded\b/i.test(type)) return everywhere(inForm);
  return everywhere((value) => value);
}

function inForm(value: string): string {
  return new URLSearchParams({ value }).toString().slice('value='.length);
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
