import { ApplicationFailure } from '@temporalio/common';
import {
  environmentBytes,
  MAX_ENVIRONMENT_BYTES,
  secretNamesOf,
  templatesOf,
  withSecrets,
} from '../domain/environmentTemplates.js';
import type { Failure } from '../domain/failures.js';
import { sideBySide } from '../domain/sideBySide.js';
import type { FunctionAccess } from './access.js';
import { activityFailure } from './awsFailure.js';
import { someOf } from './preflight/checking.js';
import type { VersionedSecrets } from './secrets/secretStore.js';

type Environment = Record<string, string>;

/** How many secrets are read at once. */
const SIDE_BY_SIDE = 5;

/** No variable can have it: it ends the text for the process. */
const NUL = '\0';

/**
 * Fills environments in from secrets, for one attempt of an activity: within it, each secret has one
 * value.
 */
export class EnvironmentFilling {
  readonly #values = new Map<string, Promise<string>>();
  readonly #hidden = new Set<string>();

  constructor(
    private readonly secrets: VersionedSecrets,
    private readonly access: FunctionAccess,
  ) {}

  /** The values that were filled in so far, alone and in what they were filled into. */
  get hidden(): string[] {
    return [...this.#hidden];
  }

  /**
   * A whole environment, as AWS takes it.
   *
   * @throws ApplicationFailure which names variables and secrets, and no values
   */
  async whole(environment: Environment): Promise<Environment> {
    const filled = await this.values(environment);
    this.#assertPossible(environment, filled);
    return filled;
  }

  /** The same without a look at whether AWS would take it. */
  async values(environment: Environment): Promise<Environment> {
    const names = secretNamesOf(environment);
    const read = await sideBySide(names, SIDE_BY_SIDE, async (name) => {
      const value = await this.#valueOf(name, environment);
      this.#hidden.add(value);
      return [name, value] as const;
    });
    const values = new Map(read);
    const entries = Object.entries(environment).map(([variable, text]) => {
      const value = withSecrets(text, (name) => values.get(name) ?? '');
      if (value !== text) this.#hidden.add(value);
      return [variable, value] as const;
    });
    return Object.fromEntries(entries);
  }

  #valueOf(name: string, environment: Environment): Promise<string> {
    const value = this.#values.get(name) ?? this.#read(name, environment);
    this.#values.set(name, value);
    return value;
  }

  async #read(name: string, environment: Environment): Promise<string> {
    const { application, secretVersions = {} } = this.access;
    try {
      const version = secretVersions[name] ?? (await this.secrets.versionOf(application, name));
      return await this.secrets.get(application, name, version);
    } catch (error) {
      throw this.#of(variableWith(name, environment), error);
    }
  }

  /** The failure of a place of secrets, with the variable that is filled in from it. */
  #of(variable: string, error: unknown): unknown {
    if (!(error instanceof ApplicationFailure)) return error;
    const failure = error.details?.[0] as Failure | undefined;
    if (failure === undefined) return error;
    const message = `${this.#cannot(variable)}. ${failure.message}`;
    return this.#failure({ ...failure, message }, error.nonRetryable !== true);
  }

  #assertPossible(environment: Environment, filled: Environment): void {
    const templates = templatesOf(environment);
    const broken = Object.keys(templates).find((name) => filled[name]?.includes(NUL));
    if (broken !== undefined) {
      const from = someOf(secretNamesOf({ [broken]: templates[broken] ?? '' }));
      throw this.#failure({
        code: 'secretUnusable',
        message: `${this.#cannot(broken)}: with ${from} it has a character that no variable can have (U+0000).`,
        remedy: 'Store the secret as text, bytes as base64 for instance.',
      });
    }
    if (Object.keys(templates).length === 0) return;
    // How much more it is would tell how long the secrets are.
    if (environmentBytes(filled) <= MAX_ENVIRONMENT_BYTES) return;
    const uses = Object.entries(templates).map(
      ([name, value]) => `${name} from ${someOf(secretNamesOf({ value }))}`,
    );
    throw this.#failure({
      code: 'secretUnusable',
      message: `With its secrets filled in (${someOf(uses)}), the environment of ${this.access.function} has more than ${MAX_ENVIRONMENT_BYTES} bytes as JSON, and Lambda takes no more.`,
      remedy: 'Let the function read large secrets itself when it starts.',
    });
  }

  #cannot(variable: string): string {
    return `The variable ${variable} of ${this.access.function} cannot be filled in`;
  }

  #failure(failure: Failure, retryable = false): Error {
    const { target, function: name } = this.access;
    return activityFailure({ ...failure, target, function: name }, { retryable });
  }
}

function variableWith(secret: string, environment: Environment): string {
  const uses = ([, value]: [string, string]): boolean => secretNamesOf({ value }).includes(secret);
  return Object.entries(environment).find(uses)?.[0] ?? '';
}
