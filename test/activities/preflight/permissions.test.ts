import { DeleteRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ExamineInput } from '../../../src/activities/preflight/examineFunction.js';
import { activityBench, type Run } from '../../support/activityBench.js';
import { ExistingFunction } from '../../support/existingFunction.js';
import { examineInput } from './examineInput.js';

let run: Run;
let existing: ExistingFunction;
beforeAll(async () => {
  run = activityBench();
  existing = await ExistingFunction.make({ versioned: true });
});

const findings = (changes: Partial<ExamineInput>) =>
  run('examineFunction', examineInput(existing, changes));

describe('examining what a deploy role may do', () => {
  it('finds what the deploy role lacks, and what only a rollback would', async () => {
    const { iam } = existing.place.clients;
    const allow = ['lambda:CreateFunction', 'lambda:TagResource', 'lambda:Get*', 'lambda:List*'];
    const policy = (Action: string[]) =>
      iam.send(
        new PutRolePolicyCommand({
          RoleName: 'Deploy',
          PolicyName: 'deploying',
          PolicyDocument: JSON.stringify({
            Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
          }),
        }),
      );
    await policy(allow);
    const role = existing.place.executionRoleArn;
    const { problems, warnings } = await findings({
      exists: false,
      writes: ['CreateFunction', 'PublishVersion'],
      passesRole: role,
      replacedCode: 's3://acme-packages/replaced/',
    });
    await policy(['*']);
    expect(problems).toMatchObject([
      {
        code: 'accessDenied',
        message: expect.stringMatching(/lacks lambda:PublishVersion on \S+function:/),
      },
      { code: 'accessDenied', message: expect.stringContaining(`lacks iam:PassRole on ${role}`) },
    ]);
    expect(warnings).toMatchObject([
      {
        code: 'rollbackLacksPermission',
        message: expect.stringContaining('lambda:DeleteFunction'),
      },
      ...['s3:PutObject', 's3:GetObject'].map((action) => ({
        code: 'codeNotKept',
        message: expect.stringMatching(
          new RegExp(`${action} on arn:aws:s3:::acme-packages/replaced/${existing.name}/\\*, so`),
        ),
      })),
    ]);
  });

  it('finds what the deploy role lacks to connect a function, and doubts what a key may allow', async () => {
    const { account } = existing.place;
    const key = `arn:aws:kms:us-east-1:${account}:key/0`;
    const accessPoint = `arn:aws:elasticfilesystem:us-east-1:${account}:access-point/fsap-0`;
    const given = { connects: true, accessPoints: [accessPoint], givenKeys: [key] };
    const asked = { ...given, exists: false };
    expect(await findings(asked)).toEqual({ problems: [], warnings: [] });
    const Statement = [
      {
        Effect: 'Deny',
        Action: ['ec2:DescribeSubnets', 'elasticfilesystem:*', 'kms:CreateGrant'],
        Resource: '*',
      },
    ];
    const { iam } = existing.place.clients;
    const denying = { RoleName: 'Deploy', PolicyName: 'denying' };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new PutRolePolicyCommand({ ...denying, PolicyDocument }));
    const { problems, warnings } = await findings(asked);
    await iam.send(new DeleteRolePolicyCommand(denying));
    expect(problems).toMatchObject([
      { code: 'accessDenied', message: expect.stringContaining('ec2:DescribeSubnets on *.') },
      {
        code: 'accessDenied',
        message: expect.stringContaining(`DescribeMountTargets on ${accessPoint}.`),
      },
    ]);
    expect(warnings).toMatchObject([
      {
        code: 'notChecked',
        message: expect.stringMatching(
          /kms:CreateGrant on \S+, unless the policy of the key itself gives it\.$/,
        ),
      },
    ]);
  });
});
