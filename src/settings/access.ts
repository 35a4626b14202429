import type { AwsEndpoints } from '../domain/awsEndpoints.js';
import { defined } from '../domain/defined.js';
import { normalName } from '../domain/naming.js';
import { fits } from './pattern.js';
import type { AccessRule } from './schema.js';
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
  /** Whether the application's webhooks may be called by the agent. */
  mayUseAgent(application: string, identifier: string): boolean;
  /** Whether the application's queries may ask the metric provider. */
  mayAsk: (application: string, provider: string) => boolean;
  /** Ranges of addresses that the application's webhooks may call although they are not public. */
  allowedAddresses: (application: string) => readonly string[];
  /** Where AWS is called. Absent: where the AWS SDK does. */
  endpoints?: AwsEndpoints;
}

type Normal = (name: string) => string;

const asItIs: Normal = (name) => name;

export function createAccess(settings: Settings): Access {
  const { externalIds, roles, secrets, agents, providerUsers, network, endpoints } = settings;
  return {
    externalId: (accountId) => externalIds.get(accountId),
    mayUse: (application, roleArn) => allow(roles, application, roleArn),
    mayUseSecret: (application, name, normal) => allow(secrets?.rules, application, name, normal),
    mayUseAgent: (application, identifier) => allow(agents, application, identifier, normalName),
    mayAsk: (application, provider) =>
      isAmong(providerUsers?.get(normalName(provider)) ?? ['*'], application),
    allowedAddresses: (application) => [
      ...(network?.allow ?? []),
      ...(network?.rules ?? []).flatMap((rule) =>
        isAmong(rule.applications, application) ? rule.allow : [],
      ),
    ],
    ...defined({ endpoints }),
  };
}

/** Without rules everything is allowed. */
function allow(
  rules: readonly AccessRule[] | undefined,
  application: string,
  what: string,
  normal = asItIs,
): boolean {
  if (rules === undefined) return true;
  return rules.some(
    (rule) => isAmong(rule.applications, application) && isAmong(rule.allow, what, normal),
  );
}

/** @param normal - makes one of all spellings of a name */
function isAmong(patterns: readonly string[], name: string, normal: Normal = normalName): boolean {
  const asked = normal(name);
  return patterns.some((pattern) => fits(normal(pattern), asked));
}
