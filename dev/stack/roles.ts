import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { accountOf } from '../../src/domain/arns.js';
import { awsOptions, OWN_ACCOUNT, WORKER_ACCOUNT } from './awsOptions.js';

/** Makes a role that the stack's worker may assume, and one that a person starts beside it, with the external id where one is given. */
export async function makeDeployRole(awsEndpoint: string, arn: string, externalId?: string) {
  await makeRole(awsEndpoint, arn, {
    Principal: {
      AWS: [WORKER_ACCOUNT, OWN_ACCOUNT].map((account) => `arn:aws:iam::${account}:root`),
    },
    ...(externalId && { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
  });
  await allowAll(awsEndpoint, arn);
}

/** The emulator carries everything out, but tells a role without policies that it may do nothing. */
async function allowAll(awsEndpoint: string, arn: string): Promise<void> {
  const statement = { Effect: 'Allow', Action: '*', Resource: '*' };
  await inIam(awsEndpoint, arn, async (iam) => {
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: nameOf(arn),
        PolicyName: 'deploying',
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      }),
    );
  });
}

/** Makes a role that Lambda may run functions with. */
export async function makeExecutionRole(awsEndpoint: string, arn: string) {
  await makeRole(awsEndpoint, arn, { Principal: { Service: 'lambda.amazonaws.com' } });
}

/** A role that is there already stays as it is. */
async function makeRole(awsEndpoint: string, arn: string, trust: object): Promise<void> {
  const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', ...trust };
  const policy = { Version: '2012-10-17', Statement: [statement] };
  await inIam(awsEndpoint, arn, async (iam) => {
    const command = new CreateRoleCommand({
      RoleName: nameOf(arn),
      AssumeRolePolicyDocument: JSON.stringify(policy),
    });
    await iam.send(command).catch((error: Error) => {
      if (error.name !== 'EntityAlreadyExistsException') throw error;
    });
  });
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

async function inIam(
  awsEndpoint: string,
  arn: string,
  work: (iam: IAMClient) => Promise<void>,
): Promise<void> {
  const place = { awsEndpoint, account: accountOf(arn), region: 'us-east-1' };
  const iam = new IAMClient(awsOptions(place));
  try {
    await work(iam);
  } finally {
    iam.destroy();
  }
}
