import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { accountOf } from '../../src/domain/arns.js';
import { awsOptions, WORKER_ACCOUNT } from './awsOptions.js';

/** Makes a role that the worker may assume, with the external id where one is given. */
export async function makeDeployRole(awsEndpoint: string, arn: string, externalId?: string) {
  await makeRole(awsEndpoint, arn, {
    Principal: { AWS: `arn:aws:iam::${WORKER_ACCOUNT}:root` },
    ...(externalId && { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
  });
}

/** Makes a role that Lambda may run functions with. */
export async function makeExecutionRole(awsEndpoint: string, arn: string) {
  await makeRole(awsEndpoint, arn, { Principal: { Service: 'lambda.amazonaws.com' } });
}

/** A role that is there already stays as it is. */
async function makeRole(awsEndpoint: string, arn: string, trust: object): Promise<void> {
  const place = { awsEndpoint, account: accountOf(arn), region: 'us-east-1' };
  const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', ...trust };
  const policy = { Version: '2012-10-17', Statement: [statement] };
  const iam = new IAMClient(awsOptions(place));
  try {
    await iam.send(
      new CreateRoleCommand({
        RoleName: arn.slice(arn.lastIndexOf('/') + 1),
        AssumeRolePolicyDocument: JSON.stringify(policy),
      }),
    );
  } catch (error) {
    if ((error as Error).name !== 'EntityAlreadyExistsException') throw error;
  } finally {
    iam.destroy();
  }
}
