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

/** What is found while the deploy role is denied something. */
async function whileDenied<Found>(
  { place: { clients } }: ExistingFunction,
  denied: { Action: string[]; Resource: string },
  look: () => Promise<Found>,
): Promise<Found> {
  const denying = { RoleName: 'Deploy', PolicyName: 'denying' };
  const Statement = [{ Effect: 'Deny', ...denied }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await clients.iam.send(new PutRolePolicyCommand({ ...denying, PolicyDocument }));
  try {
    return await look();
  } finally {
    await clients.iam.send(new DeleteRolePolicyCommand(denying));
  }
}

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
    const Action = ['ec2:DescribeSubnets', 'elasticfilesystem:*', 'kms:CreateGrant'];
    const { problems, warnings } = await whileDenied(existing, { Action, Resource: '*' }, () =>
      findings(asked),
    );
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

describe('finding old versions for a plan', () => {
  it('finds that the deploy role may not delete them, where there are some', async () => {
    const old = await ExistingFunction.withVersions(4);
    const { account, region } = old.place;
    const versions = `arn:aws:lambda:${region}:${account}:function:${old.name}`;
    const find = (keep: number, preflight = true) =>
      run('findOldVersions', {
        ...{ ...old.access, keep, kept: [], limit: 50 },
        ...(preflight && { preflight }),
      });
    expect(await find(2)).toEqual({ versions: ['1', '2'], isMore: false });
    const denied = { Action: ['lambda:DeleteFunction'], Resource: `${versions}:*` };
    const found = await whileDenied(old, denied, async () => ({
      some: await find(2),
      none: await find(4),
      deploying: await find(2, false),
    }));
    expect(found.some).toMatchObject({
      versions: ['1', '2'],
      warnings: [
        {
          code: 'versionsNotDeleted',
          message: `The deploy role ${old.access.deployRoleArn} is denied lambda:DeleteFunction on ${versions}:1, so old versions of ${old.name} would not be deleted.`,
          remedy: `Give ${old.access.deployRoleArn} lambda:DeleteFunction.`,
        },
      ],
    });
    expect(found.none).toEqual({ versions: [], isMore: false });
    expect(found.deploying).toEqual({ versions: ['1', '2'], isMore: false });
  });
});
