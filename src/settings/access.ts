import { fits } from './pattern.js';
import type { AccessRule } from './schema.js';
import type { Settings } from './settings.js';

/** What a worker lets applications use. */
export interface Access {
  /** The external id that the account's deploy roles ask for, where one is set. */
  externalId(accountId: string): string | undefined;
  /** Whether the application may deploy with the role. */
  mayUse(application: string, roleArn: string): boolean;
  /** Whether the application may use the secret. */
  mayUseSecret(application: string, name: string): boolean;
  /** Whether the application's webhooks may be called by the agent. */
  mayUseAgent(application: string, identifier: string): boolean;
  /** Whether the application's queries may ask the metric provider. */
  mayAsk: (application: string, provider: string) => boolean;
  /** Ranges of addresses that the application's webhooks may call although they are not public. */
  allowedAddresses: (application: string) => readonly string[];
}

export function createAccess(settings: Settings): Access {
  const { externalIds, roles, secrets, agents, providerUsers, network } = settings;
  return {
    externalId: (accountId) => externalIds.get(accountId),
    mayUse: (application, roleArn) => allow(roles, application, roleArn),
    mayUseSecret: (application, name) => allow(secrets?.rules, application, name),
    mayUseAgent: (application, identifier) => allow(agents, application, identifier),
    mayAsk: (application, provider) => isAmong(providerUsers?.get(provider) ?? ['*'], application),
    allowedAddresses: (application) => [
      ...(network?.allow ?? []),
      ...(network?.rules ?? []).flatMap((rule) =>
        isAmong(rule.applications, application) ? rule.allow : [],
      ),
    ],
  };
}

/** Without rules everything is allowed. */
function allow(
  rules: readonly AccessRule[] | undefined,
  application: string,
  what: string,
): boolean {
  if (rules === undefined) return true;
  return rules.some((rule) => isAmong(rule.applications, application) && isAmong(rule.allow, what));
}

function isAmong(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => fits(pattern, name));
}
