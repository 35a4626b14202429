import { MAX_VARIABLES, readTemplate } from './templates.js';

/**
 * Makes values fit where a template puts them. It is told the whole text from the beginning on, each
 * part once, so that filling a template in costs no more than its length.
 */
export interface Encoder {
  /** What the template says itself. */
  text(part: string): void;
  /** A value, as it can stand here. */
  value(value: string): string;
}

/** An encoder for texts in which the same holds everywhere. */
export function everywhere(encode: (value: string) => string): Encoder {
  return { text: () => undefined, value: encode };
}

/** The most characters that the templates of one call have once they are filled in. */
export const MAX_FILLED = 128 * 1024;

/** Why a template cannot be filled in. Its message is the end of a sentence. */
export class TooMuch extends Error {
  readonly remedy = 'Give its variables shorter values, or use fewer.';
}

/**
 * A template with its values.
 *
 * @param most - characters of the result
 * @throws TooMuch
 */
export function filled(
  template: string,
  values: ReadonlyMap<string, string>,
  encoder: Encoder,
  most = MAX_FILLED,
): string {
  const { variables, whole } = readTemplate(template);
  if (!whole) throw new TooMuch(`has more than ${MAX_VARIABLES} variables in one text`);
  const parts: string[] = [];
  let left = most;
  const spend = (text: string): string => {
    left -= text.length;
    if (left < 0) throw new TooMuch(`has more than ${MAX_FILLED} characters once it is filled in`);
    return text;
  };
  let end = 0;
  for (const { name, token, start } of variables) {
    const before = spend(template.slice(end, start));
    encoder.text(before);
    const value = values.get(name) ?? '';
    // Before it is encoded, which may make it longer and never shorter.
    if (value.length > left) spend(value);
    parts.push(before, spend(encoder.value(value)));
    end = start + token.length;
  }
  return [...parts, spend(template.slice(end))].join('');
}
