import type { AwsEndpoints } from '../../domain/awsEndpoints.js';
import { activityFailure } from '../awsFailure.js';
import { awsSecretsManager } from './awsSecretsManager.js';
import { directory } from './directory.js';
import { environment } from './environment.js';
import type { SecretPlace } from './secretPlace.js';
import type { SecretStore } from './secretStore.js';

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
  /** Whether this application may use this secret. */
  mayUse(application: string, name: string): boolean;
  /** The worker's. */
  environment: Readonly<Record<string, string | undefined>>;
  endpoints?: AwsEndpoints;
}

/** The secrets that the settings say where to find. */
export function createSecretStore(settings: SecretStoreSettings): SecretStore {
  const places = settings.places.map((place) => placeOf(place, settings));
  return {
    async get(application, name) {
      if (!settings.mayUse(application, name)) {
        throw notFound(
          `The worker's settings do not let ${application} use the secret ${name}.`,
          'Add it to a rule under `secrets.rules` that names the application.',
        );
      }
      for (const place of places) {
        const value = await place.find(name);
        if (value !== undefined) return value;
      }
      const looked = places.map(({ text }) => text).join(', ');
      throw notFound(
        looked === ''
          ? `The secret ${name} has nowhere to come from: the worker's settings name no place.`
          : `There is no secret ${name}. It was looked for in: ${looked}.`,
        'Put it where the worker looks, or add the place to `secrets.from` in its settings file.',
      );
    },
  };
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
