import { readName, variablesOfAll } from './templates.js';
import { BUILT_IN_VARIABLES } from './variables.js';

/** What the value of a variable has at most, in bytes; one of a function's for each function. */
const VALUE_BYTES = 512;
/**
 * What those have that are longer: names of an application, a target and a role, each escaped twice;
 * and which run of a workflow it is.
 */
const LONGER = new Map([
  ['answerCommand', 2048],
  ['deploymentLink', 1024],
]);
const FUNCTION_VALUE_BYTES = 160;

/** The variables that each function has a value of its own for, without their prefix. */
const OF_FUNCTIONS = new Set(
  BUILT_IN_VARIABLES.filter(({ ofFunction }) => ofFunction).map(({ name }) => readName(name)?.key),
);

/** What a webhook or a query brings along wherever it is used. */
export interface Weighed {
  /** In a sentence: `the webhook tests`. */
  what: string;
  /** Its own size, in bytes of JSON. */
  bytes: number;
  /** The characters of its templates that are no variables. */
  plainLength: number;
  /** How often its templates use each key of the context. */
  contextUses: ReadonlyMap<string, number>;
  /** The values of `{{sluice.…}}`, in bytes at most, and what each function adds to them. */
  valueBytes: number;
  valueBytesOfFunction: number;
  usesAccountName: boolean;
}

export function weigh(what: string, own: unknown, templates: readonly string[]): Weighed {
  const { variables } = variablesOfAll(templates);
  const contextUses = new Map<string, number>();
  const builtIn = new Set<string>();
  for (const { name } of variables) {
    const { source, key = '' } = readName(name) ?? {};
    if (source === 'context') contextUses.set(key, (contextUses.get(key) ?? 0) + 1);
    if (source === 'sluice') builtIn.add(key);
  }
  const ofFunctions = [...builtIn].filter((key) => OF_FUNCTIONS.has(key));
  return {
    what,
    bytes: jsonBytes(own),
    plainLength:
      sum(templates.map(({ length }) => length)) - sum(variables.map(({ token }) => token.length)),
    contextUses,
    valueBytes: sum([...builtIn].map((key) => LONGER.get(key) ?? VALUE_BYTES)),
    valueBytesOfFunction: ofFunctions.length * FUNCTION_VALUE_BYTES,
    usesAccountName: builtIn.has('accountName'),
  };
}

/** The size of a value as JSON in UTF-8. */
export function jsonBytes(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value) ?? '').length;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
