import { describe, expect, it } from '@jest/globals';
import type { EvaluationResult } from '@aws-sdk/client-iam';
import { principalsOf, stackOf } from '../../../src/activities/preflight/attached.js';
import { deployPermissions } from '../../../src/activities/preflight/deployPermissions.js';
import { trustsLambda } from '../../../src/activities/preflight/executionRole.js';
import type { IdentityApi } from '../../../src/activities/identityApi.js';
import {
  findDirectory,
  isZip64,
  unpackedSize,
} from '../../../src/activities/preflight/zipDirectory.js';
import type { LambdaApi } from '../../../src/activities/lambdaApi.js';
import { zipOf } from '../../../dev/stack/packages.js';

const access = {
  application: 'shop',
  deploymentId: 'd',
  target: 'prod',
  deployRoleArn: 'arn:aws:iam::111111111111:role/Deploy',
  region: 'eu-west-1',
  function: 'orders',
};

describe('an answer as AWS gives it', () => {
  it('of GetFunction without tags says that the stack could not be checked', async () => {
    const TagsError = { ErrorCode: 'AccessDeniedException', Message: 'no lambda:ListTags' };
    const api = { access, find: () => Promise.resolve({ TagsError }) } as unknown as LambdaApi;
    expect((await stackOf(api)).warnings).toMatchObject([
      { code: 'notChecked', check: 'stack', message: expect.stringContaining('lambda:ListTags') },
    ]);
  });

  const answering = (result: EvaluationResult): IdentityApi =>
    ({
      access,
      read: () => Promise.resolve({ EvaluationResults: [result] }),
    }) as unknown as IdentityApi;
  const intent = { writes: ['UpdateAlias'] as const, layers: [], layersBack: [] };
  const EvalActionName = 'lambda:UpdateAlias';

  it('of a policy that asks what nobody knows yet is no problem, but not checked', async () => {
    const MissingContextValues = ['aws:PrincipalTag/team'];
    const result = { EvalActionName, EvalDecision: 'implicitDeny', MissingContextValues } as const;
    const { problems, warnings } = await deployPermissions(answering(result), intent);
    expect(problems).toEqual([]);
    expect(warnings).toMatchObject([
      { check: 'permissions', message: expect.stringContaining('aws:PrincipalTag/team') },
    ]);
  });

  it('of a policy that denies is a problem', async () => {
    const result = { EvalActionName, EvalDecision: 'explicitDeny' } as const;
    expect((await deployPermissions(answering(result), intent)).problems).toMatchObject([
      { code: 'accessDenied', message: expect.stringContaining('is denied lambda:UpdateAlias') },
    ]);
  });
});

it('a resource policy names whom it lets invoke, and nobody else', () => {
  const Principal = (Service: string) => ({ Principal: { Service } });
  const Statement = [
    { Effect: 'Allow', Action: 'lambda:InvokeFunction', ...Principal('s3.amazonaws.com') },
    { Effect: 'Allow', Action: ['lambda:*'], Principal: '*' },
    { Effect: 'Allow', Action: 'lambda:InvokeFunctionUrl', Principal: {} },
    { Effect: 'Allow', Action: 'lambda:GetFunction', ...Principal('looks.amazonaws.com') },
    { Effect: 'Deny', Action: 'lambda:InvokeFunction', ...Principal('denied.amazonaws.com') },
  ];
  expect(principalsOf(JSON.stringify({ Statement }))).toEqual([
    's3.amazonaws.com',
    'everybody',
    'somebody',
  ]);
});

describe('a trust policy', () => {
  const document = (statement: unknown) =>
    encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: statement }));
  const Service = 'lambda.amazonaws.com';

  it.each([
    [true, [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }]],
    [true, { Effect: 'Allow', Principal: { Service: ['a', Service] }, Action: ['sts:AssumeRole'] }],
    [true, { Effect: 'Allow', Principal: '*', Action: 'sts:*' }],
    [true, { Effect: 'Allow', Principal: { Service }, Action: 'sts:Assume*' }],
    [false, { Effect: 'Deny', Principal: { Service }, Action: 'sts:AssumeRole' }],
    [false, { Effect: 'Allow', Principal: { Service }, Action: 'sts:TagSession' }],
    [false, { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRoleWith*' }],
    [
      false,
      { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::1:root' }, Action: 'sts:AssumeRole' },
    ],
    [false, []],
  ])('lets Lambda use the role: %s', (expected, statement) => {
    expect(trustsLambda(document(statement))).toBe(expected);
  });
});

describe('the directory of a zip file', () => {
  const text = 'x'.repeat(1000);
  const zip = Buffer.from(zipOf({ 'a.js': text, 'folder/b.js': text }));

  it.each([
    ['alone', zip],
    ['behind a script', Buffer.concat([Buffer.from('#!/bin/sh\n'), zip])],
  ])('tells how large its files are, %s', (_, bytes) => {
    const tail = bytes.subarray(-200);
    const directory = findDirectory(tail, bytes.length);
    expect(directory).toMatchObject({ files: 2 });
    const { start, length } = directory!;
    expect(isZip64(directory!)).toBe(false);
    expect(unpackedSize(bytes.subarray(start, start + length))).toBe(2000);
    expect(unpackedSize(bytes.subarray(start, start + length - 1))).toBeUndefined();
  });
});
