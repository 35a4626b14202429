import { fits } from './pattern.js';
import type { Settings } from './settings.js';

/** What a worker lets applications use. */
export interface Access {
  /** The external id that the account's deploy roles ask for, where one is set. */
  externalId(accountId: string): string | undefined;
  /** Whether the application may deploy with the role. */
  mayUse(application: string, roleArn: string): boolean;
}

export function createAccess(settings: Settings): Access {
  const { externalIds, roles } = settings;
  return {
    externalId: (accountId) => externalIds.get(accountId),
    mayUse: (application, roleArn) => roles === undefined || isAllowed(roles, application, roleArn),
  };
}

/** Whether an application may use a secret. */
export function createSecretAccess({ secrets }: Settings) {
  return (application: string, name: string): boolean =>
    secrets?.rules === undefined || isAllowed(secrets.rules, application, name);
}

function isAllowed(
  rules: readonly { applications: readonly string[]; allow: readonly string[] }[],
  application: string,
  what: string,
): boolean {
  return rules.some(
    (rule) =>
      rule.applications.some((pattern) => fits(pattern, application)) &&
      rule.allow.some((pattern) => fits(pattern, what)),
  );
}
