import type { Scalar } from 'yaml';
import { quoted } from '../quoted.js';
import type { TextFault, TextRange } from './faults.js';

/** Nobody writes longer numbers and dates. */
const LONGEST_SCALAR = 64;

/** What plain words mean to programs that read YAML 1.1, as many still do. */
const OLDER_YAML: readonly [pattern: RegExp, reading: string][] = [
  [/^(y|yes|on)$/i, 'true'],
  [/^(n|no|off)$/i, 'false'],
  [/^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$/, 'a number of seconds'],
  [/^[-+]?(0b[01_]+|[0-9](?=[0-9]*_)[0-9_]*)$/, 'a number'],
  [/^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ].*)?$/, 'a date'],
];

/**
 * What another program may take a text for that stands without quotes, or undefined when all agree:
 * a number that is written in its one form, such as 3, is the same text to everybody.
 */
export function otherReading({ value, source, type }: Scalar): string | undefined {
  if (type !== 'PLAIN' || source === undefined) return undefined;
  if (typeof value === 'number' || typeof value === 'boolean')
    return String(value) === source ? undefined : String(value);
  if (source.length > LONGEST_SCALAR) return undefined;
  return OLDER_YAML.find(([pattern]) => pattern.test(source))?.[1];
}

export function ambiguousText(text: string, reading: string, range: TextRange): TextFault {
  return {
    code: 'ambiguous-text',
    severity: 'warning',
    range,
    message: `${quoted(text)} is taken as this text, and other programs may read ${reading} here.`,
    remedy: `Put it in quotes.`,
  };
}
