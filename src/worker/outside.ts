import {
  createSecretStore,
  type SecretStoreSettings,
} from '../activities/secrets/createSecretStore.js';
import type { SecretStore } from '../activities/secrets/secretStore.js';
import type { IssueCallback } from '../activities/webhooks/callWebhook.js';
import { CallbackAddresses } from '../callbacks/addresses.js';
import { createSecretAccess } from '../settings/access.js';
import type { Environment } from '../settings/environment.js';
import type { Settings } from '../settings/settings.js';

/** What a worker or an agent needs to call other systems. */
export interface Outside {
  secrets: SecretStore;
  allowedAddresses: readonly string[];
  issueCallback?: IssueCallback;
}

export function createOutside(settings: Settings, environment: Environment): Outside {
  const { secrets, callbacks, allowedAddresses } = settings;
  const places: SecretStoreSettings['places'] = secrets?.from ?? [];
  const store = createSecretStore({ places, mayUse: createSecretAccess(settings), environment });
  if (callbacks === undefined) return { secrets: store, allowedAddresses };
  const addresses = new CallbackAddresses(callbacks);
  return {
    secrets: store,
    allowedAddresses,
    issueCallback: (claims, values) => addresses.issue(claims, values),
  };
}
