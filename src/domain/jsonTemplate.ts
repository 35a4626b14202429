import { faultIn } from './jsonFault.js';
import { readTemplate } from './templates.js';

/**
 * Whether a template is JSON once its variables have values: a number can stand wherever a variable
 * does, inside of quotes and outside.
 */
export function isJsonTemplate(template: string): boolean {
  const sample = sampleOf(template);
  return /^\s*[[{]/.test(sample) && faultIn(sample) === undefined;
}

/**
 * The line in which a template is no JSON any more, from 0 on; undefined when it is JSON once its
 * variables have values.
 */
export function jsonFaultLine(template: string): number | undefined {
  const sample = sampleOf(template);
  const at = faultIn(sample);
  return at === undefined ? undefined : sample.slice(0, at).split('\n').length - 1;
}

/** The template with a number in the place of each variable, and as many lines. */
function sampleOf(template: string): string {
  const parts: string[] = [];
  let end = 0;
  for (const { start, token } of readTemplate(template).variables) {
    parts.push(template.slice(end, start), '0');
    end = start + token.length;
  }
  return [...parts, template.slice(end)].join('');
}
