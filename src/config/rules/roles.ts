import { accountOf } from '../../domain/arns.js';
import type { Breach } from '../findings.js';
import type { FunctionFact } from './facts.js';
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
    const accounts = new Map(
      targets.map(({ name, deployRole }) => [name.value, accountOf(deployRole?.value ?? '')]),
    );
    return functions.flatMap((each) => foreignRole(each, accounts.get(each.target?.value ?? '')));
  },
};

function foreignRole({ role }: FunctionFact, account = ''): Breach[] {
  const roleAccount = accountOf(role?.value ?? '');
  if (role === undefined || account === '' || roleAccount === '' || roleAccount === account)
    return [];
  return [
    {
      place: role.place,
      message: `The execution role belongs to the account ${roleAccount}, and the target deploys to ${account}.`,
      remedy: `Name a role of the account ${account}.`,
    },
  ];
}
