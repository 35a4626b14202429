import type { AwsEndpoints } from '../domain/awsEndpoints.js';
import { defined } from '../domain/defined.js';
import { fits } from './pattern.js';
import type { RoleRule } from './schema.js';
import type { Settings } from './settings.js';

/** What a worker lets applications use. */
export interface Access {
  /** The external id that the account's deploy roles ask for, where one is set. */
  externalId(accountId: string): string | undefined;
  /** Whether the application may deploy with the role. */
  mayUse(application: string, roleArn: string): boolean;
  /** Whether the application may use the secret. */
  mayUseSecret(application: string, name: string): boolean;
  /** Where AWS is called. Absent: where the AWS SDK does. */
  endpoints?: AwsEndpoints;
}

export function createAccess(settings: Settings): Access {
  const { externalIds, roles, secrets, endpoints } = settings;
  return {
    externalId: (accountId) => externalIds.get(accountId),
    mayUse: (application, roleArn) => allow(roles, application, roleArn),
    mayUseSecret: (application, name) => allow(secrets?.rules, application, name),
    ...defined({ endpoints }),
  };
}

/** Without rules everything is allowed. */
function allow(rules: readonly RoleRule[] | undefined, application: string, what: string): boolean {
  if (rules === undefined) return true;
  return rules.some(
    (rule) =>
      rule.applications.some((pattern) => fits(pattern, application)) &&
      rule.allow.some((pattern) => fits(pattern, what)),
  );
}
