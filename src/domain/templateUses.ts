import type { Webhook } from './plan.js';
import { keyIn, readTemplate, type Source } from './templates.js';

/** The templates of a webhook. */
export function templatesIn({ uriTemplate, headers, bodyTemplate = '' }: Webhook): string[] {
  return [uriTemplate, ...headers.map(({ value }) => value), bodyTemplate];
}

/** Whether templates use a variable. */
export function uses(templates: readonly string[], variable: string): boolean {
  return templates.some((text) =>
    readTemplate(text).variables.some(({ name }) => name === variable),
  );
}

/** The keys that templates use of a source, each once. */
export function keysUsed(source: Source, templates: readonly string[]): string[] {
  const names = templates.flatMap((text) => readTemplate(text).variables.map(({ name }) => name));
  return [...new Set(names.flatMap((name) => keyIn(source, name) ?? []))];
}

/**
 * The values that templates use, and no others: what is sent to an activity stands in a history.
 *
 * @param given - the first that has a value gives it
 */
export function valuesUsed(
  source: Source,
  templates: readonly string[],
  ...given: readonly Readonly<Record<string, string>>[]
): Record<string, string> {
  return Object.fromEntries(
    keysUsed(source, templates).flatMap((key) => {
      const values = given.find((each) => Object.hasOwn(each, key));
      return values === undefined ? [] : [[key, values[key] ?? '']];
    }),
  );
}
