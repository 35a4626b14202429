import { everywhere, filled, TooMuch } from '../../domain/filling.js';
import {
  MAX_VARIABLES,
  readName,
  readTemplate,
  spellingsOf,
  type Template,
  type TemplateVariable,
} from '../../domain/templates.js';
import { BUILT_IN_VARIABLES } from '../../domain/variables.js';
import type { Breach, Finding } from '../findings.js';
import type { Path } from '../path.js';
import { quoted } from '../quoted.js';
import { hasPlaceholder } from '../rules/placeholders.js';
import { MAX_SUGGESTIONS, nearest } from '../shape/nearest.js';
import { OF_TARGETS, type Scope } from './scope.js';

/** The most characters that one text has once it is filled in. AWS takes fewer, whatever it is. */
const MAX_TEXT = 16 * 1024;

/** Mappings whose texts are people's own: only what begins as variables do is one. */
const OWN_TEXTS: ReadonlySet<string | number> = new Set([
  'environment',
  'context',
  'tags',
  'description',
]);

const EXISTING = new Set(BUILT_IN_VARIABLES.map(({ name }) => name));
const SPELLINGS = OF_TARGETS.flatMap(spellingsOf);

/** Fills in the variables of texts, and finds what is wrong with them: at each place once. */
export class Filling {
  readonly findings: Finding[] = [];
  readonly #checked = new Set<string>();
  readonly #withTemplates = new WeakMap<object, boolean>();

  /** @param context - undefined where it could not be read, so that any key may have a value */
  constructor(private readonly context: Readonly<Record<string, string>> | undefined) {}

  /** A value with its texts filled in, as far as they can be: what cannot be becomes undefined. */
  filled<Value>(value: Value, path: Path, scope: Scope): Value {
    return this.#any(value, path, scope) as Value;
  }

  /** Whether a value has a text with braces anywhere. */
  hasTemplates(value: unknown): boolean {
    if (typeof value === 'string') return value.includes('{{');
    if (typeof value !== 'object' || value === null) return false;
    const known = this.#withTemplates.get(value);
    if (known !== undefined) return known;
    const has = Object.values(value).some((inner) => this.hasTemplates(inner));
    this.#withTemplates.set(value, has);
    return has;
  }

  #any(value: unknown, path: Path, scope: Scope): unknown {
    if (!this.hasTemplates(value)) return value;
    if (typeof value === 'string') return this.#text(value, path, scope);
    if (Array.isArray(value))
      return value.map((item, index) => this.#any(item, [...path, index], scope));
    return Object.fromEntries(
      Object.entries(value as object).map(([key, inner]) => [
        key,
        this.#any(inner, [...path, key], scope),
      ]),
    );
  }

  #text(text: string, path: Path, scope: Scope): string | undefined {
    // The first two are a list and its entry, or targets and the name of one.
    const own = path.slice(2).find((key) => OWN_TEXTS.has(key));
    const keepsSecrets = own === 'environment';
    const template = readTemplate(text);
    const isWrong = this.#check(template, path, scope, { isOwn: own !== undefined, keepsSecrets });
    if (isWrong) return undefined;
    const values = new Map<string, string>();
    for (const { name, token } of template.variables) {
      const source = readName(name)?.source;
      if (source === undefined || source === 'secrets') values.set(name, token);
      else {
        const value = this.#valueOf(name, scope);
        if (value === undefined) return undefined;
        values.set(name, value);
      }
    }
    try {
      return filled(text, values, everywhere(asItIs), MAX_TEXT);
    } catch (error) {
      if (!(error instanceof TooMuch)) throw error;
      const message = `What the text becomes has more than ${MAX_TEXT} characters.`;
      this.#find('template-too-large', { place: at(path), message, remedy: error.remedy });
      return undefined;
    }
  }

  #valueOf(name: string, { values }: Scope): string | undefined {
    const key = contextKey(name);
    if (key === undefined) return values.get(name);
    return this.context !== undefined && Object.hasOwn(this.context, key)
      ? this.context[key]
      : undefined;
  }

  /** Whether something is wrong, which is said once: it is so at every target. */
  #check(
    template: Template,
    path: Path,
    scope: Scope,
    text: { isOwn: boolean; keepsSecrets: boolean },
  ): boolean {
    const breaches = this.#breaches(template, path, scope, text);
    const key = JSON.stringify(path);
    if (breaches.length > 0 && !this.#checked.has(key)) {
      this.#checked.add(key);
      for (const [code, breach] of breaches) this.#find(code, breach);
    }
    return breaches.length > 0;
  }

  #breaches(
    { variables, faults, whole }: Template,
    path: Path,
    scope: Scope,
    { isOwn, keepsSecrets }: { isOwn: boolean; keepsSecrets: boolean },
  ): (readonly [code: string, breach: Breach])[] {
    if (!whole) {
      const message = `The text has more than ${MAX_VARIABLES} variables, which is the most it may have.`;
      const breach = { place: at(path), message, remedy: 'Say less in it.' };
      return [['template-too-large', breach]];
    }
    const ofFaults = isOwn ? [] : faults.filter(({ token }) => isMeant(token));
    return [
      ...ofFaults.map((fault) => {
        const place = { ...at(path), token: fault };
        const message =
          fault.reason === 'unclosed'
            ? `The braces ${quoted(fault.token)} are not closed.`
            : `${quoted(fault.token)} is not a variable.`;
        const remedy = 'Write a variable, such as {{context.team}}; single braces are text.';
        return ['template-syntax', { place, message, remedy }] as const;
      }),
      ...variables.flatMap((variable) => {
        const problem = this.#problemOf(variable, scope, { isOwn, keepsSecrets });
        if (problem === undefined) return [];
        const [code, words] = problem;
        return [[code, { place: { ...at(path), token: variable }, ...words }] as const];
      }),
    ];
  }

  #problemOf(
    { name, written }: TemplateVariable,
    { values, otherwise }: Scope,
    { isOwn, keepsSecrets }: { isOwn: boolean; keepsSecrets: boolean },
  ): readonly [code: string, words: Omit<Breach, 'place'>] | undefined {
    const source = readName(name)?.source;
    if (source === undefined) return isOwn ? undefined : this.#unknown(written);
    if (source === 'context') return this.#contextProblem(name);
    if (source === 'secrets') return keepsSecrets ? undefined : [UNAVAILABLE, NO_SECRETS];
    if (values.has(name)) return undefined;
    if (!EXISTING.has(name)) return this.#unknown(written);
    const message = `${written} has no value here, ${otherwise}.`;
    return [UNAVAILABLE, { message, remedy: `Here there are ${namesText(values)}.` }];
  }

  #contextProblem(name: string): readonly [code: string, words: Omit<Breach, 'place'>] | undefined {
    const key = contextKey(name) ?? '';
    if (this.context === undefined || Object.hasOwn(this.context, key)) return undefined;
    const message = `Nothing gives {{context.${key}}} a value.`;
    const remedy = `Add ${quoted(key)} to the context of the file, or give it with --add-context ${key}=….`;
    return ['missing-context', { message, remedy }];
  }

  #unknown(written: string): readonly [code: string, words: Omit<Breach, 'place'>] {
    const asked = this.findings.length < MAX_SUGGESTIONS;
    const near = asked
      ? (nearest(written, SPELLINGS) ?? nearest(`sluice.${written}`, SPELLINGS))
      : undefined;
    const remedy =
      near === undefined
        ? 'Begin it with context. for a value of the file, or with sluice.'
        : `Did you mean {{${near}}}?`;
    return ['unknown-variable', { message: `There is no variable ${quoted(written)}.`, remedy }];
  }

  #find(code: string, breach: Breach): void {
    this.findings.push({ code, severity: 'error', ...breach });
  }
}

/** What is neither closed nor begins as variables do is text, as it was before there were any. */
const BEGINS_AS_VARIABLE = /^\{\{\s*(?:context|sluice|armory|secrets)\./;

function isMeant(token: string): boolean {
  return hasPlaceholder(token) || BEGINS_AS_VARIABLE.test(token);
}

const UNAVAILABLE = 'unavailable-variable';

const NO_SECRETS = {
  message: 'A secret has no value here.',
  remedy: 'Secrets are filled in in webhooks, in queries and in the environment of functions.',
};

function at(path: Path) {
  return { path, part: 'value' } as const;
}

function asItIs(value: string): string {
  return value;
}

function contextKey(name: string): string | undefined {
  const read = readName(name);
  return read?.source === 'context' ? read.key : undefined;
}

function namesText(values: Scope['values']): string {
  return [...values.keys(), 'context.…'].map((name) => `{{${name}}}`).join(', ');
}
