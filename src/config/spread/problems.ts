import {
  MAX_VARIABLES,
  readName,
  spellingsOf,
  type Template,
  type TemplateToken,
  type TemplateVariable,
} from '../../domain/templates.js';
import { BUILT_IN_VARIABLES } from '../../domain/variables.js';
import type { Breach } from '../findings.js';
import { quoted } from '../quoted.js';
import { hasPlaceholder } from '../rules/placeholders.js';
import { syntaxWords } from '../rules/templates.js';
import { nearest } from '../shape/nearest.js';
import { OF_TARGETS, type Scope } from './scope.js';

/** What a text is, whose variables are filled in for targets. */
export interface TextKind {
  /** Whether it is people's own, so that only what begins as variables do is one. */
  isOwn: boolean;
  /** Whether secrets stay as they are, because whoever writes it to AWS fills them in. */
  keepsSecrets: boolean;
}

/** What there is for a text. */
export interface Given extends Scope {
  /** Undefined where it could not be read, so that any key may have a value; a value likewise. */
  context: Readonly<Record<string, string | undefined>> | undefined;
}

/** What is wrong with a template, and with what of it. */
export interface TemplateProblem extends Omit<Breach, 'place'> {
  code: string;
  token?: TemplateToken;
}

const EXISTING = new Set(BUILT_IN_VARIABLES.map(({ name }) => name));
const SPELLINGS = OF_TARGETS.flatMap(spellingsOf);

export function problemsOf(template: Template, kind: TextKind, given: Given): TemplateProblem[] {
  const { variables, faults, whole } = template;
  if (!whole) return [TOO_MANY_VARIABLES];
  const meant = kind.isOwn ? [] : faults.filter(({ token }) => isMeant(token));
  return [
    ...meant.map((fault) => ({ code: 'template-syntax', token: fault, ...syntaxWords(fault) })),
    ...variables.flatMap((variable) => {
      const problem = problemOf(variable, kind, given);
      return problem === undefined ? [] : { ...problem, token: variable };
    }),
  ];
}

/** What is neither closed nor begins as variables do is text, as it was before there were any. */
const BEGINS_AS_VARIABLE = /^\{\{\s*(?:context|sluice|armory|secrets)\./;

function isMeant(token: string): boolean {
  return hasPlaceholder(token) || BEGINS_AS_VARIABLE.test(token);
}

function problemOf(
  { name, written }: TemplateVariable,
  { isOwn, keepsSecrets }: TextKind,
  given: Given,
): TemplateProblem | undefined {
  const read = readName(name);
  if (read === undefined) return isOwn ? undefined : unknown(written);
  if (read.source === 'context') return withoutContext(read.key, given);
  if (read.source === 'secrets') return keepsSecrets ? undefined : NO_SECRETS;
  if (given.values.has(name)) return undefined;
  return EXISTING.has(name) ? unavailable(written, given) : unknown(written);
}

function withoutContext(key: string, { context }: Given): TemplateProblem | undefined {
  if (context === undefined || Object.hasOwn(context, key)) return undefined;
  return {
    code: 'missing-context',
    message: `Nothing gives {{context.${key}}} a value.`,
    remedy: `Add ${quoted(key)} to the context of the file, or give it with --add-context ${key}=….`,
  };
}

function unavailable(written: string, { values, otherwise }: Given): TemplateProblem {
  const names = [...values.keys(), 'context.…'].map((name) => `{{${name}}}`);
  return {
    code: 'unavailable-variable',
    message: `${written} has no value here, ${otherwise}.`,
    remedy: `Here there are ${names.join(', ')}.`,
  };
}

function unknown(written: string): TemplateProblem {
  const near = nearest(written, SPELLINGS) ?? nearest(`sluice.${written}`, SPELLINGS);
  return {
    code: 'unknown-variable',
    message: `There is no variable ${quoted(written)}.`,
    remedy:
      near === undefined
        ? 'Begin it with context. for a value of the file, or with sluice.'
        : `Did you mean {{${near}}}?`,
  };
}

const TOO_MANY_VARIABLES: TemplateProblem = {
  code: 'template-too-large',
  message: `The text has more than ${MAX_VARIABLES} variables, which is the most it may have.`,
  remedy: 'Say less in it.',
};

const NO_SECRETS: TemplateProblem = {
  code: 'unavailable-variable',
  message: 'A secret has no value here.',
  remedy: 'Secrets are filled in in webhooks, in queries and in the environment of functions.',
};
