import { createSecretStore } from '../activities/secrets/createSecretStore.js';
import type { VersionedSecrets } from '../activities/secrets/secretStore.js';
import { defined } from '../domain/defined.js';
import { createAccess } from '../settings/access.js';
import type { Environment } from '../settings/environment.js';
import type { Settings } from '../settings/settings.js';

/** The secrets that a process's settings say where to find. */
export function createSecrets(settings: Settings, environment: Environment): VersionedSecrets {
  const access = createAccess(settings);
  return createSecretStore({
    places: settings.secrets?.from ?? [],
    mayUse: (application, name, normal) => access.mayUseSecret(application, name, normal),
    environment,
    ...defined({ endpoints: settings.endpoints }),
  });
}
