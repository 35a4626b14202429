import { Document, isScalar, visit } from 'yaml';
import { SluiceError } from '../errors.js';
import { statementsOf } from './policy.js';
import type { DeployRole } from './role.js';

/** The output of the stack that holds the role's ARN. */
export const ROLE_ARN_OUTPUT = 'RoleArnOutput';

/** What IAM takes in the inline policies of one role, in characters without white space. */
const MAX_POLICY_LENGTH = 10_240;

const VERSION = '2012-10-17';

/**
 * A CloudFormation template with the role.
 *
 * @throws SluiceError `invalidArguments` when its policy is longer than IAM allows
 */
export function templateOf(role: DeployRole): string {
  const policy = { Version: VERSION, Statement: statementsOf(role) };
  assertShort(policy);
  const content = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'A role that Sluice deploys Lambda functions with.',
    Resources: {
      DeployRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: role.name,
          Path: role.path,
          Description: 'Sluice deploys Lambda functions with it.',
          AssumeRolePolicyDocument: { Version: VERSION, Statement: [trustOf(role)] },
          Policies: [{ PolicyName: 'Sluice', PolicyDocument: policy }],
        },
      },
    },
    Outputs: {
      [ROLE_ARN_OUTPUT]: {
        Description: 'deployAsIamRole of deployment files',
        Value: '${DeployRole.Arn}',
      },
    },
  };
  // By YAML 1.1, which other tools read templates with, `2012-10-17` without quotes is a date.
  const document = new Document(content, { schema: 'yaml-1.1' });
  // Only what stands in this file has a ${…}: nothing that is asked for can hold one.
  visit(document, {
    Scalar: (_, node) => {
      if (isScalar(node) && String(node.value).includes('${')) node.tag = '!Sub';
    },
  });
  return document.toString({ lineWidth: 0, singleQuote: true });
}

/** The worker alone, and only with the external id: no other customer of its can borrow the role. */
function trustOf({ worker, externalId }: DeployRole): object {
  return {
    Effect: 'Allow',
    Principal: { AWS: worker },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': externalId } },
  };
}

function assertShort(policy: object): void {
  // The longest partition that there is.
  const filledIn = JSON.stringify(policy)
    .replaceAll('${AWS::Partition}', 'aws-us-gov')
    .replaceAll('${AWS::AccountId}', '000000000000');
  if (filledIn.length <= MAX_POLICY_LENGTH) return;
  throw new SluiceError(
    'invalidArguments',
    `The policy would have ${filledIn.length} characters, and IAM allows ${MAX_POLICY_LENGTH}. Match functions by patterns such as shop-*, or make several roles.`,
  );
}
