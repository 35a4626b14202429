import type { SecretStore } from '../activities/secrets/secretStore.js';
import type { IssueCallback } from '../activities/webhooks/callWebhook.js';
import { CallbackAddresses } from '../callbacks/addresses.js';
import type { Environment } from '../settings/environment.js';
import type { Settings } from '../settings/settings.js';
import { createSecrets } from './secrets.js';

/** What a worker or an agent needs to call other systems. */
export interface Outside {
  secrets: SecretStore;
  allowedAddresses: readonly string[];
  issueCallback?: IssueCallback;
}

export function createOutside(settings: Settings, environment: Environment): Outside {
  const { callbacks, allowedAddresses } = settings;
  const secrets = createSecrets(settings, environment);
  if (callbacks === undefined) return { secrets, allowedAddresses };
  const addresses = new CallbackAddresses(callbacks);
  return {
    secrets,
    allowedAddresses,
    issueCallback: (claims, values) => addresses.issue(claims, values),
  };
}
