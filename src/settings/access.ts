import type { AwsEndpoints } from '../domain/awsEndpoints.js';
import { defined } from '../domain/defined.js';
import { normalName } from '../domain/naming.js';
import { fits } from './pattern.js';
import type { RoleRule } from './schema.js';
import type { Settings } from './settings.js';

/** What a worker lets applications use. */
export interface Access {
  /** The external id that the account's deploy roles ask for, where one is set. */
  externalId(accountId: string): string | undefined;
  /** Whether the application may deploy with the role. */
  mayUse(application: string, roleArn: string): boolean;
  /**
   * Whether the application may use the secret.
   *
   * @param normal - makes one of all names by which a place has the same secret: the name and the
   *   rules are compared in the form in which the secret is looked for
   * @default as it is
   */
  mayUseSecret(application: string, name: string, normal?: Normal): boolean;
  /** Where AWS is called. Absent: where the AWS SDK does. */
  endpoints?: AwsEndpoints;
}

type Normal = (name: string) => string;

const asItIs: Normal = (name) => name;

export function createAccess(settings: Settings): Access {
  const { externalIds, roles, secrets, endpoints } = settings;
  return {
    externalId: (accountId) => externalIds.get(accountId),
    mayUse: (application, roleArn) => allow(roles, application, roleArn),
    mayUseSecret: (application, name, normal) => allow(secrets?.rules, application, name, normal),
    ...defined({ endpoints }),
  };
}

/** Without rules everything is allowed. */
function allow(
  rules: readonly RoleRule[] | undefined,
  application: string,
  what: string,
  normal = asItIs,
): boolean {
  if (rules === undefined) return true;
  const asked = normalName(application);
  return rules.some(
    (rule) =>
      rule.applications.some((pattern) => fits(normalName(pattern), asked)) &&
      rule.allow.some((pattern) => fits(normal(pattern), normal(what))),
  );
}
