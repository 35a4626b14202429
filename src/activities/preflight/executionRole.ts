import { GetRoleCommand } from '@aws-sdk/client-iam';
import type { Findings } from '../../domain/preflight.js';
import { isAwsError } from '../awsFailure.js';
import { NOTHING, problem } from './checking.js';
import type { IdentityApi } from '../identityApi.js';

const LAMBDA = 'lambda.amazonaws.com';
const ASSUME_ROLE = 'sts:assumerole';

/** Whether an execution role exists and lets Lambda assume it. */
export async function executionRole(api: IdentityApi, arn: string): Promise<Findings> {
  const found = await unusable(api, arn);
  if (found === undefined) return NOTHING;
  const { target, function: name } = api.access;
  return problem({ code: 'settingsRejected', ...found, target, function: name });
}

/** What is wrong with an execution role, and how to mend it; undefined where nothing is. */
export async function unusable(
  api: IdentityApi,
  arn: string,
): Promise<{ message: string; remedy: string } | undefined> {
  const RoleName = arn.slice(arn.lastIndexOf('/') + 1);
  const found = await api.read(`look at ${arn}`, (client, options) =>
    client.send(new GetRoleCommand({ RoleName }), options).catch((error: unknown) => {
      if (isAwsError(error, 'NoSuchEntityException', 'NoSuchEntity')) return undefined;
      throw error;
    }),
  );
  const { function: name } = api.access;
  if (found?.Role === undefined) {
    return {
      message: `The execution role ${arn} of ${name} does not exist.`,
      remedy: 'Make the role, or name another one as runAsIamRole.',
    };
  }
  if (trustsLambda(found.Role.AssumeRolePolicyDocument)) return undefined;
  return {
    message: `Lambda may not assume the execution role ${arn} of ${name}: its trust policy does not name ${LAMBDA}.`,
    remedy: `Let the trust policy of the role allow sts:AssumeRole to ${LAMBDA}.`,
  };
}

interface Statement {
  Effect?: string;
  Action?: string | string[];
  Principal?: string | { Service?: string | string[] };
}

/** @param document - JSON that IAM has encoded for an address */
export function trustsLambda(document = '{}'): boolean {
  const { Statement = [] } = JSON.parse(decodeURIComponent(document)) as {
    Statement?: Statement | Statement[];
  };
  return [Statement]
    .flat()
    .some(
      ({ Effect, Action, Principal }) =>
        Effect === 'Allow' &&
        listed(Action).some(isAssumeRole) &&
        (Principal === '*' ||
          (typeof Principal === 'object' && listed(Principal.Service).includes(LAMBDA))),
    );
}

/** An action of a policy may end with a `*`, and its case does not count. */
function isAssumeRole(action: string): boolean {
  const [beginning = '', ...more] = action.toLowerCase().split('*');
  return more.length === 0 ? beginning === ASSUME_ROLE : ASSUME_ROLE.startsWith(beginning);
}

function listed(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat();
}
