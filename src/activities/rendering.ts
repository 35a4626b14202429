import { filled, MAX_FILLED, type Encoder } from '../domain/filling.js';
import { BLOT, withoutSecrets } from '../domain/redaction.js';
import { readName, readTemplate, type TemplateVariable } from '../domain/templates.js';
import { CALLBACK_URI, DEPLOYMENT_LINK } from '../domain/variables.js';
import { activityFailure } from './awsFailure.js';
import type { DecidingInput } from './deciding.js';
import type { SecretStore } from './secrets/secretStore.js';

/** Whom templates belong to. */
export interface TemplateUse {
  /** For messages: `the webhook tests`. */
  owner: string;
  /** Of the failure when a variable has no value. */
  code: 'webhookFailed' | 'analysisFailed';
  /**
   * Makes the value of `{{sluice.callbackUri}}`, when it is used. Absent: it has none.
   *
   * @param secrets - those that the templates use
   */
  issueCallback?: (secrets: readonly string[]) => Promise<string>;
}

type Values = ReadonlyMap<string, string>;

/** Fills templates in. It knows what must not be seen of it, so that it can be kept out of texts. */
export class Rendering {
  readonly #values: Values;
  readonly #shown: Values;
  readonly #secrets: readonly string[];
  /** How many characters may still be filled in. */
  #left = MAX_FILLED;

  private constructor(values: Values) {
    const all = [...values];
    const secret = new Set(all.flatMap(([name, value]) => (isSecret(name) ? value : [])));
    this.#values = values;
    this.#shown = new Map(all.map(([name, value]) => [name, isSecret(name) ? BLOT : value]));
    this.#secrets = [...secret];
  }

  /**
   * Finds the values of all variables of some templates.
   *
   * @throws ApplicationFailure which names the variable that has no value
   */
  static async of(
    texts: readonly string[],
    input: DecidingInput,
    secrets: SecretStore,
    use: TemplateUse,
  ): Promise<Rendering> {
    const { owner, code, issueCallback } = use;
    const used = new Map(
      texts.flatMap((text) => readTemplate(text).variables.map((one) => [one.name, one] as const)),
    );
    const issued = issueCallback !== undefined && used.delete(CALLBACK_URI);
    const values = new Map<string, string>();
    for (const [name, variable] of used) {
      const value = await valueOf(name, input, secrets);
      if (value === undefined) throw withoutValue(variable, owner, code, input.target);
      values.set(name, value);
    }
    if (issued) values.set(CALLBACK_URI, await issueCallback(new Rendering(values).secrets));
    return new Rendering(values);
  }

  /** @throws TooMuch when it is too much, together with what has been filled in before */
  fill(text: string, encoder: Encoder): string {
    const result = filled(text, this.#values, encoder, this.#left);
    this.#left -= result.length;
    return result;
  }

  /** The same with `***` in the place of every value that must not be seen. */
  fillShown(text: string, encoder: Encoder): string {
    return filled(text, this.#shown, encoder);
  }

  /** The values that must not be seen: secrets, and the address of a callback. */
  get secrets(): readonly string[] {
    return this.#secrets;
  }

  /** A text of our own in which such a value may stand, without it. */
  redact(text: string): string {
    return withoutSecrets(text, this.#secrets);
  }
}

/** Whoever has the address of a callback can answer for the system that was called. */
function isSecret(name: string): boolean {
  return readName(name)?.source === 'secrets' || name === CALLBACK_URI;
}

async function valueOf(
  name: string,
  { application, variables, context }: DecidingInput,
  secrets: SecretStore,
): Promise<string | undefined> {
  const read = readName(name);
  if (read === undefined) return undefined;
  const { source, key } = read;
  if (source === 'secrets') return secrets.get(application, key);
  const known = source === 'sluice' ? variables : context;
  return Object.hasOwn(known, key) ? known[key] : undefined;
}

function withoutValue(
  { name, written }: TemplateVariable,
  owner: string,
  code: TemplateUse['code'],
  target: string,
): Error {
  return activityFailure(
    {
      code,
      message: `${written}, which ${owner} uses, has no value at ${target}. Nothing was sent.`,
      remedy: remedyFor(name),
      target,
    },
    { retryable: false },
  );
}

function remedyFor(name: string): string {
  if (name === DEPLOYMENT_LINK) return LINK_REMEDY;
  return readName(name)?.source === 'context'
    ? 'Give it one in the context of the step or of the file, or with --add-context.'
    : 'Use it where it has one, or leave it out.';
}

const LINK_REMEDY =
  'Set SLUICE_UI_URL, the address of the Temporal UI, in the environment of whoever calls it.';
