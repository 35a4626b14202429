import { readTemplate } from '../domain/templates.js';
import { activityFailure } from './awsFailure.js';
import type { DecidingInput } from './deciding.js';
import type { SecretStore } from './secrets/secretStore.js';

/** Fills templates in. It knows the secrets that it filled in, so that they can be kept out of texts. */
export class Rendering {
  readonly #secrets: readonly string[];

  private constructor(
    private readonly values: Map<string, string>,
    secrets: Iterable<string>,
  ) {
    // The longest first: one may be a part of another.
    this.#secrets = [...secrets].sort((a, b) => b.length - a.length);
  }

  /**
   * Finds the values of all variables of some templates.
   *
   * @param owner - what the templates belong to, for messages: `the webhook tests`
   * @param code - of the failure when a variable has no value
   * @throws ApplicationFailure which names the variable that has no value
   */
  static async of(
    texts: readonly string[],
    input: DecidingInput,
    secrets: SecretStore,
    { owner, code }: { owner: string; code: 'webhookFailed' | 'analysisFailed' },
  ): Promise<Rendering> {
    const names = new Set(
      texts.flatMap((text) => readTemplate(text).variables.map(({ name }) => name)),
    );
    const values = new Map<string, string>();
    const secret = new Set<string>();
    for (const name of names) {
      const value = await valueOf(name, input, secrets);
      if (value === undefined) throw withoutValue(name, owner, code, input.target);
      values.set(name, value);
      if (name.startsWith('secrets.')) secret.add(value);
    }
    return new Rendering(values, secret);
  }

  /** Gives a variable its value, which depends on the others. */
  provide(name: string, value: string): void {
    this.values.set(name, value);
  }

  /** @param encode - makes a value fit where it stands */
  fill(text: string, encode: (value: string, place: { start: number }) => string): string {
    let filled = '';
    let end = 0;
    for (const { name, token, start } of readTemplate(text).variables) {
      filled += text.slice(end, start) + encode(this.values.get(name) ?? '', { start });
      end = start + token.length;
    }
    return filled + text.slice(end);
  }

  /** The values that must not be seen. */
  get secrets(): readonly string[] {
    return this.#secrets;
  }

  /** A text of our own in which a secret may stand, without it. */
  redact(text: string): string {
    return this.#secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  }
}

async function valueOf(
  name: string,
  { application, variables, context }: DecidingInput,
  secrets: SecretStore,
): Promise<string | undefined> {
  const [, kind, key = ''] = /^(armory|context|secrets)\.(.+)$/.exec(name) ?? [];
  if (kind === 'secrets') return secrets.get(application, key);
  const known = kind === 'armory' ? variables : kind === 'context' ? context : {};
  return Object.hasOwn(known, key) ? known[key] : undefined;
}

function withoutValue(
  name: string,
  owner: string,
  code: 'webhookFailed' | 'analysisFailed',
  target: string,
): Error {
  return activityFailure(
    {
      code,
      message: `${name}, which ${owner} uses, has no value at ${target}. Nothing was sent.`,
      remedy: name.startsWith('context.')
        ? 'Give it one in the context of the step or of the file, or with --add-context.'
        : 'Use it where it has one, or leave it out.',
      target,
    },
    { retryable: false },
  );
}
