import { everywhere, filled, TooMuch } from '../../domain/filling.js';
import { readName, readTemplate, type Template } from '../../domain/templates.js';
import type { Finding } from '../findings.js';
import type { Path } from '../path.js';
import type { Budget } from './budget.js';
import { problemsOf, type Given, type TemplateProblem } from './problems.js';
import type { Scope } from './scope.js';

/** The most characters that one text has once it is filled in. AWS takes fewer, whatever it is. */
const MAX_TEXT = 16 * 1024;

/** What holds texts of people's own. */
const OWN_TEXTS: ReadonlySet<string | number> = new Set([
  'environment',
  'context',
  'tags',
  'description',
  'imageConfig',
]);

/** Fills in the variables of texts, and finds what is wrong with them: at each place once. */
export class Filling {
  readonly #findings = new Map<string, Finding[]>();
  readonly #withTemplates = new WeakMap<object, boolean>();

  constructor(
    private readonly context: Given['context'],
    private readonly budget: Budget,
  ) {}

  get findings(): Finding[] {
    return [...this.#findings.values()].flat();
  }

  /**
   * A value with its texts filled in, as far as they can be: what cannot be becomes undefined.
   *
   * @throws TooLarge
   */
  filled<Value>(value: Value, path: Path, scope: Scope): Value {
    return this.#any(value, path, scope) as Value;
  }

  /** A value without its texts in which something is to be filled in, for a place that has no values. */
  unfilled<Value>(value: Value): Value {
    return this.#without(value) as Value;
  }

  #without(value: unknown): unknown {
    if (!this.hasTemplates(value)) return value;
    if (typeof value === 'string') return undefined;
    if (Array.isArray(value)) return value.map((item) => this.#without(item));
    const entries = Object.entries(value as object);
    return Object.fromEntries(entries.map(([key, inner]) => [key, this.#without(inner)]));
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
    const kind = { isOwn: own !== undefined, keepsSecrets: own === 'environment' };
    const template = readTemplate(text);
    const problems = problemsOf(template, kind, { ...scope, context: this.context });
    if (problems.length > 0) return this.#wrong(path, problems);
    const values = this.#valuesOf(template, scope);
    if (values === undefined) return undefined;
    try {
      const result = filled(text, values, everywhere(asItIs), MAX_TEXT);
      this.budget.spendText(result);
      return result;
    } catch (error) {
      if (!(error instanceof TooMuch)) throw error;
      const message = `What the text becomes has more than ${MAX_TEXT} characters.`;
      const { remedy } = error;
      return this.#wrong(path, [{ code: 'template-too-large', message, remedy }]);
    }
  }

  /** What each variable becomes; undefined where one has a value that could not be read. */
  #valuesOf({ variables }: Template, scope: Scope): Map<string, string> | undefined {
    const values = new Map<string, string>();
    for (const { name, token } of variables) {
      const read = readName(name);
      const isText = read === undefined || read.source === 'secrets';
      const value = isText
        ? token
        : read.source === 'context'
          ? this.context?.[read.key]
          : scope.values.get(name);
      if (value === undefined) return undefined;
      values.set(name, value);
    }
    return values;
  }

  /** It is wrong at every target, and told once. */
  #wrong(path: Path, problems: readonly TemplateProblem[]): undefined {
    const key = JSON.stringify(path);
    if (this.#findings.has(key)) return;
    const findings = problems.map(({ token, ...words }): Finding => ({
      severity: 'error',
      ...words,
      place: { path, part: 'value', ...(token && { token }) },
    }));
    this.#findings.set(key, findings);
  }
}

function asItIs(value: string): string {
  return value;
}
