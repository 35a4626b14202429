import type { AwsEndpoints } from '../../domain/awsEndpoints.js';
import { printable } from '../../domain/printable.js';
import { SECRET_NAME, SECRET_NAME_REMEDY } from '../../domain/secretNames.js';
import { activityFailure } from '../awsFailure.js';
import { awsSecretsManager } from './awsSecretsManager.js';
import { directory } from './directory.js';
import { environment } from './environment.js';
import type { AskedValue, FoundSecret, SecretPlace } from './secretPlace.js';
import type { VersionedSecrets } from './secretStore.js';

/** One place where secrets lie, as the settings say it: one of the fields is there. */
export interface SecretPlaceSettings {
  environment?: { prefix: string } | undefined;
  /** An absolute path. */
  directory?: string | undefined;
  awsSecretsManager?: { region: string; prefix: string } | undefined;
}

export interface SecretStoreSettings {
  /** Asked in this order; the first that has the secret gives it. */
  places: readonly SecretPlaceSettings[];
  /**
   * Whether this application may use this secret.
   *
   * @param normal - of the place where it is looked for
   */
  mayUse(application: string, name: string, normal: SecretPlace['normal']): boolean;
  /** The worker's. */
  environment: Readonly<Record<string, string | undefined>>;
  endpoints?: AwsEndpoints;
}

/** The secrets that the settings say where to find. */
export function createSecretStore(settings: SecretStoreSettings): VersionedSecrets {
  const places = settings.places.map((place) => placeOf(place, settings));
  const find = async (
    application: string,
    name: string,
    asked: AskedValue,
  ): Promise<FoundSecret> => {
    const { version } = asked;
    assertName(name);
    const allowed = places.filter(({ normal }) => settings.mayUse(application, name, normal));
    if (allowed.length === 0 && places.length > 0) throw notAllowed(application, name);
    for (const place of allowed) {
      if (version !== undefined && place.keepsVersions !== true) continue;
      const found = await place.find(place.normal?.(name) ?? name, asked);
      if (found !== undefined) return found;
    }
    throw version === undefined ? nowhere(name, allowed) : versionGone(name);
  };
  return {
    get: async (application, name, version) => (await find(application, name, { version })).value,
    versionOf: async (application, name) =>
      (await find(application, name, { fresh: true })).version,
  };
}

function notAllowed(application: string, name: string): Error {
  return notFound(
    `The worker's settings do not let ${application} use the secret ${name}.`,
    'Add it to a rule under `secrets.rules` that names the application.',
  );
}

function versionGone(name: string): Error {
  return notFound(
    `The value that the secret ${name} had when the deployment started is not there any more.`,
    'Start the deployment again: it takes the value that the secret has then.',
  );
}

function nowhere(name: string, places: readonly SecretPlace[]): Error {
  const looked = places.map(({ text }) => text).join(', ');
  return notFound(
    looked === ''
      ? `The secret ${name} has nowhere to come from: the worker's settings name no place.`
      : `There is no secret ${name}. It was looked for in: ${looked}.`,
    'Put it where the worker looks, or add the place to `secrets.from` in its settings file.',
  );
}

/** How much of a wrong name is said, in characters. */
const MAX_SAID = 80;

function assertName(name: string): void {
  if (SECRET_NAME.test(name)) return;
  const said = printable(name.slice(0, MAX_SAID));
  throw notFound(`"${said}" cannot be the name of a secret.`, SECRET_NAME_REMEDY);
}

function placeOf(place: SecretPlaceSettings, settings: SecretStoreSettings): SecretPlace {
  if (place.environment !== undefined) {
    return environment(place.environment.prefix, settings.environment);
  }
  if (place.directory !== undefined) return directory(place.directory);
  if (place.awsSecretsManager !== undefined) {
    return awsSecretsManager(place.awsSecretsManager, settings.endpoints);
  }
  throw new Error('a place of secrets says nothing');
}

function notFound(message: string, remedy: string): Error {
  return activityFailure({ code: 'secretNotFound', message, remedy }, { retryable: false });
}
