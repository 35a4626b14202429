import { accountOf, partitionOf, partitionOfRegion } from '../../domain/arns.js';
import type { Breach } from '../findings.js';
import { ROLE_ARN } from '../forms.js';
import type { FunctionFact, Said } from './facts.js';
import { regionsByTarget } from './knownRegions.js';
import type { Rule } from './rule.js';

/** Lambda takes execution roles only from the account in which the function is. */
export const roleAccount: Rule = {
  code: 'role-account',
  reason:
    'Lambda takes execution roles only from the account in which the function is. The account is the one of deployAsIamRole.',
  wrong: `targets:
  production: {deployAsIamRole: "arn:aws:iam::111111111111:role/Deploy"}
providerOptions:
  lambda:
    - {target: production, name: orders, runAsIamRole: arn:aws:iam::222222222222:role/Run, handler: index.handler, runtime: nodejs24.x}`,
  right: `targets:
  production: {deployAsIamRole: "arn:aws:iam::222222222222:role/Deploy"}
providerOptions:
  lambda:
    - {target: production, name: orders, runAsIamRole: arn:aws:iam::222222222222:role/Run, handler: index.handler, runtime: nodejs24.x}`,
  breaches({ targets = [], functions = [] }) {
    const roles = new Map(targets.map(({ name, deployRole }) => [name.value, deployRole?.value]));
    return functions.flatMap((each) => foreignRole(each, roles.get(each.target?.value ?? '')));
  },
};

/** A region of another partition knows neither the account nor its roles. */
export const rolePartition: Rule = {
  code: 'role-partition',
  reason:
    'AWS has partitions that know nothing of each other, such as aws and aws-cn, and a region is in one of them. A role of another partition cannot be used there.',
  wrong: `targets:
  production: {region: us-east-1, deployAsIamRole: "arn:aws-cn:iam::111111111111:role/Deploy"}`,
  right: `targets:
  production: {region: us-east-1, deployAsIamRole: "arn:aws:iam::111111111111:role/Deploy"}`,
  breaches({ targets = [], functions = [] }) {
    const regions = regionsByTarget(targets);
    return [
      ...targets.flatMap(({ name, deployRole }) =>
        otherPartition(deployRole, regions.get(name.value)),
      ),
      ...functions.flatMap(({ target, role }) =>
        otherPartition(role, regions.get(target?.value ?? '')),
      ),
    ];
  },
};

function otherPartition(role: Said<string> | undefined, region: string | undefined): Breach[] {
  const partition = partitionOf(role?.value ?? '');
  if (role === undefined || region === undefined || !ROLE_ARN.pattern.test(role.value)) return [];
  const wanted = partitionOfRegion(region);
  if (partition === wanted) return [];
  return [
    {
      place: role.place,
      message: `The role is in the partition ${partition}, and the region ${region} is in ${wanted}.`,
      remedy: `Name a role whose ARN begins with arn:${wanted}:, or another region.`,
    },
  ];
}

function foreignRole({ role }: FunctionFact, deployRole = ''): Breach[] {
  const account = accountOf(deployRole);
  const roleAccount = accountOf(role?.value ?? '');
  if (role === undefined || account === '' || roleAccount === '' || roleAccount === account)
    return [];
  // Another partition is said already, and has other accounts.
  if (partitionOf(role.value) !== partitionOf(deployRole)) return [];
  return [
    {
      place: role.place,
      message: `The execution role belongs to the account ${roleAccount}, and the target deploys to ${account}.`,
      remedy: `Name a role of the account ${account}.`,
    },
  ];
}
