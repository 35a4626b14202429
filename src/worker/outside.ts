import {
  createSecretStore,
  type SecretStoreSettings,
} from '../activities/secrets/createSecretStore.js';
import type { AgentDependencies } from '../activities/createActivities.js';
import { CallbackAddresses } from '../callbacks/addresses.js';
import { createSecretAccess } from '../settings/access.js';
import type { Environment } from '../settings/environment.js';
import type { Settings } from '../settings/settings.js';
import { packageVersion } from '../settings/version.js';

/** What a worker or an agent needs to call other systems. */
export function createOutside(settings: Settings, environment: Environment): AgentDependencies {
  const { secrets, callbacks, allowedAddresses } = settings;
  const places: SecretStoreSettings['places'] = secrets?.from ?? [];
  const store = createSecretStore({ places, mayUse: createSecretAccess(settings), environment });
  const outside = { secrets: store, allowedAddresses, version: packageVersion() };
  if (callbacks === undefined) return outside;
  const addresses = new CallbackAddresses(callbacks);
  return {
    ...outside,
    issueCallback: (claims, values) => addresses.issue(claims, values),
  };
}
