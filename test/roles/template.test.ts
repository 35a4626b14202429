import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { PERMISSIONS } from '../../src/domain/permissions.js';
import { roleOf } from '../../src/roles/asked.js';
import type { Statement } from '../../src/roles/policy.js';
import { templateOf } from '../../src/roles/template.js';
import { LEAST, MOST } from './asking.js';

interface Template {
  Resources: {
    DeployRole: {
      Properties: {
        RoleName: string;
        AssumeRolePolicyDocument: { Statement: unknown[] };
        Policies: [{ PolicyDocument: { Version: string; Statement: Statement[] } }];
      };
    };
  };
}

const sub = { tag: '!Sub', resolve: (text: string) => text };

/** As CloudFormation reads it. */
function read(asked: typeof LEAST): Template['Resources']['DeployRole']['Properties'] {
  const text = templateOf(roleOf(asked));
  const template = parse(text, { schema: 'yaml-1.1', customTags: [sub] }) as Template;
  return template.Resources.DeployRole.Properties;
}

function statements(asked: typeof LEAST): Statement[] {
  return read(asked).Policies[0].PolicyDocument.Statement;
}

describe('the template of a deploy role', () => {
  it.each([
    ['least', LEAST],
    ['most', MOST],
  ])('is what it was: %s', (name, asked) => {
    expect(templateOf(roleOf(asked))).toMatchFileSnapshot(`golden/${name}.yaml`);
  });

  it('trusts the worker alone, with the external id alone', () => {
    expect(read(MOST).AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: MOST.worker },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': '0123' } },
      },
    ]);
  });

  it('allows each permission of the list once, and nothing else', () => {
    const actions = statements(MOST).flatMap(({ Action }) => Action);
    expect(actions.sort()).toEqual(PERMISSIONS.map(({ action }) => action).sort());
  });

  it('leaves out what it has nothing of, and what is not asked for', () => {
    const actions = statements(LEAST).flatMap(({ Action }) => Action);
    const always = PERMISSIONS.filter(
      ({ purpose, on }) => purpose === 'deploy' && on !== 'executionRole',
    );
    expect(actions.sort()).toEqual(always.map(({ action }) => action).sort());
  });

  it('allows on everything only what AWS takes no resource for', () => {
    const all = statements(MOST);
    const wide = all.filter(({ Resource }) => Resource.includes('*'));
    expect(wide.flatMap(({ Action }) => Action).sort()).toEqual([
      'cloudwatch:GetMetricData',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcs',
      'lambda:GetAccountSettings',
      'lambda:ListEventSourceMappings',
    ]);
    const others = all.filter((one) => !wide.includes(one));
    for (const resource of others.flatMap(({ Resource }) => Resource)) {
      expect(resource).toMatch(
        /^arn:(aws-cn|\$\{AWS::Partition\}):(lambda|s3|ecr|iam|kms|elasticfilesystem):.*\w/,
      );
    }
  });

  it('passes roles to Lambda alone, and uses keys through Lambda and S3 alone', () => {
    const conditions = statements(MOST).flatMap(({ Action, Condition }) =>
      Condition === undefined ? [] : [[Action, Condition]],
    );
    expect(conditions).toEqual([
      [['iam:PassRole'], { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }],
      [['kms:Decrypt'], { StringLike: { 'kms:ViaService': ['lambda.*', 's3.*'] } }],
      [
        ['kms:CreateGrant', 'kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'],
        { StringLike: { 'kms:ViaService': ['lambda.*'] } },
      ],
      [['kms:GenerateDataKey'], { StringLike: { 'kms:ViaService': ['s3.*'] } }],
    ]);
  });

  it('allows to fetch images from the repositories that are named, in whichever account', () => {
    const images = statements({
      ...LEAST,
      bucket: [],
      repository: [
        '222222222222.dkr.ecr.eu-west-1.amazonaws.com/orders',
        '333333333333.dkr.ecr.eusc-de-east-1.amazonaws.eu/shop/*',
      ],
    }).filter(({ Sid }) => Sid === 'Repositories' || Sid === 'Packages');
    expect(images).toEqual([
      {
        Sid: 'Repositories',
        Effect: 'Allow',
        Action: ['ecr:DescribeImages', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Resource: [
          'arn:${AWS::Partition}:ecr:eu-west-1:222222222222:repository/orders',
          'arn:${AWS::Partition}:ecr:eusc-de-east-1:333333333333:repository/shop/*',
        ],
      },
    ]);
  });

  it('names versions only where a request asks for one', () => {
    const versions = statements(LEAST).filter(({ Resource }) =>
      Resource.some((arn) => arn.endsWith('function:orders:*')),
    );
    expect(versions.map(({ Sid }) => Sid)).toEqual(['FunctionsAndVersions']);
    expect(versions.flatMap(({ Action }) => Action)).not.toContain('lambda:DeleteFunction');
  });

  it('gives every function of the account only when that is asked for in words', () => {
    const all = statements({ ...LEAST, function: [], allFunctions: true });
    expect(all[0]?.Resource).toEqual([
      'arn:${AWS::Partition}:lambda:*:${AWS::AccountId}:function:*',
    ]);
  });

  it('is refused when IAM would find its policy too long', () => {
    const functions = Array.from({ length: 100 }, (_, index) => `orders-of-region-${index}`);
    expect(() => templateOf(roleOf({ ...LEAST, function: functions }))).toThrow(
      /^The policy would have \d{5} characters, and IAM allows 10240\. Match functions by patterns/,
    );
  });
});
