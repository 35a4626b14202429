import type { AgentDependencies } from '../activities/createActivities.js';
import { createCallbackAddresses } from '../callbacks/addresses.js';
import { defined } from '../domain/defined.js';
import { createAccess } from '../settings/access.js';
import type { Environment } from '../settings/environment.js';
import type { Settings } from '../settings/settings.js';
import { readUiUrl } from '../settings/uiUrl.js';
import { packageVersion } from '../settings/version.js';
import { createSecrets } from './secrets.js';

/**
 * What a worker or an agent needs to call other systems.
 *
 * @throws SluiceError `invalidSettings` when SLUICE_UI_URL is no address
 */
export function createOutside(settings: Settings, environment: Environment): AgentDependencies {
  const { callbacks } = settings;
  const outside = {
    secrets: createSecrets(settings, environment),
    allowedAddresses: createAccess(settings).allowedAddresses,
    serves: () => true,
    version: packageVersion(),
    ...defined({ uiUrl: readUiUrl(environment) }),
  };
  if (callbacks === undefined) return outside;
  const addresses = createCallbackAddresses(callbacks);
  return {
    ...outside,
    issueCallback: (claims, values) => addresses.issue(claims, values),
  };
}
