import { keyIn, readTemplate, type TemplateVariable } from './templates.js';

/** An environment as a plan has it: variable name to value. */
type Environment = Readonly<Record<string, string>>;

/**
 * The most bytes of a function's environment.
 *
 * Source: AWS's page "Lambda quotas".
 */
export const MAX_ENVIRONMENT_BYTES = 4096;

/** How large an environment is as AWS measures it: in bytes of JSON. */
export function environmentBytes(environment: Environment): number {
  return new TextEncoder().encode(JSON.stringify(environment)).length;
}

/**
 * The secrets that a value of an environment is filled in from. Whatever else has double braces in
 * it is text, and stays as it is.
 */
export function secretsIn(value: string): TemplateVariable[] {
  return readTemplate(value).variables.filter(({ name }) => keyIn('secrets', name) !== undefined);
}

/** The names of the secrets that an environment is filled in from, each once. */
export function secretNamesOf(environment: Environment = {}): string[] {
  const names = Object.values(environment).flatMap((value) =>
    secretsIn(value).flatMap(({ name }) => keyIn('secrets', name) ?? []),
  );
  return [...new Set(names)];
}

/** The values of an environment that are filled in, by the names of their variables. */
export function templatesOf(environment: Environment = {}): Record<string, string> {
  const entries = Object.entries(environment);
  return Object.fromEntries(entries.filter(([, value]) => secretsIn(value).length > 0));
}

/**
 * A value with its secrets filled in.
 *
 * @param secretOf - gives the value of a secret by its name
 */
export function withSecrets(value: string, secretOf: (name: string) => string): string {
  let end = 0;
  const parts = secretsIn(value).flatMap(({ name, start, token }) => {
    const before = value.slice(end, start);
    end = start + token.length;
    return [before, secretOf(keyIn('secrets', name) ?? '')];
  });
  return [...parts, value.slice(end)].join('');
}
