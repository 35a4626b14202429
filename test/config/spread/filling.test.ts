import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../support.js';
import { ARTIFACTS, file, OPTIONS, ordersAt, said, TARGETS, targetsOf, zipOf } from './parts.js';

describe('a text of a target, an artifact, a provider option or an alias', () => {
  it('is filled in with what the target is', () => {
    expect(zipOf(ordersAt('staging', file())).bucket).toBe('acme-111111111111-us-east-1');
    expect(zipOf(ordersAt('prod-eu', file())).bucket).toBe('acme-222222222222-eu-west-1');
    expect(ordersAt('prod-eu', file()).settings.role).toBe('arn:aws:iam::222222222222:role/Run');
  });

  it('is filled in with values of the context, the one of the command line first', () => {
    const artifacts = ARTIFACTS.replace('orders.zip', '{{context.sha}}.zip');
    const text = file({ artifacts, more: 'context: {sha: none}\n' });
    expect(zipOf(ordersAt('staging', text)).key).toBe('none.zip');
    const asked = { context: { sha: '4f2a' } };
    expect(zipOf(ordersAt('staging', text, asked)).key).toBe('4f2a.zip');
  });

  it('can be any text of a target, and those that others are made of come first', () => {
    const target = `targets:
  prod:
    account: '{{context.stage}}-{{sluice.applicationName}}'
    deployAsIamRole: arn:aws:iam::{{context.account}}:role/{{sluice.accountName}}-{{sluice.region}}
    region: '{{context.region}}'
    strategy: '{{context.strategy}}'
    constraints:
      beforeDeployment:
        - pause: {untilApproved: true, requiresRoles: ['{{sluice.accountId}}-{{sluice.environmentName}}']}
`;
    const more =
      'context: {stage: live, account: "222222222222", region: eu-west-1, strategy: gradual}\n';
    expect(targetsOf(file({ targets: target, more }))['prod']).toMatchObject({
      account: 'live-shop',
      deployRoleArn: 'arn:aws:iam::222222222222:role/live-shop-eu-west-1',
      region: 'eu-west-1',
      strategy: 'gradual',
      beforeDeployment: [{ requiresRoles: ['222222222222-prod'] }],
    });
  });

  it.each([
    ['{{context.sha}}', 'missing-context: Nothing gives {{context.sha}} a value.'],
    ['{{sluice.regoin}}', 'unknown-variable: There is no variable "sluice.regoin".'],
    [
      '{{sluice.version}}',
      'unavailable-variable: sluice.version has no value here, before the deployment.',
    ],
    ['{{secrets.key}}', 'unavailable-variable: A secret has no value here.'],
    ['{{#context.sha}}', 'template-syntax: "{{#context.sha}}" is not a variable.'],
    ['{{sluice.region', 'template-syntax: The braces "{{sluice.region.zip" are not closed.'],
  ])('is wrong, once and at its place, with %s', (variable, expected) => {
    const artifacts = `artifacts:\n  - {functionName: orders, path: 's3://acme/${variable}.zip', type: zipFile}\n`;
    const found = diagnose(file({ artifacts }));
    expect(found.map(({ code, message }) => `${code}: ${message}`)).toEqual([expected]);
    expect(found[0]).toMatchObject({ line: 10, column: 45, path: 'artifacts[0].path' });
  });

  it('is text where its braces are no variable, as it has always been', () => {
    const artifacts = ARTIFACTS.replace('orders.zip', '{{ {a {{.zip');
    expect(zipOf(ordersAt('prod-eu', file({ artifacts }))).key).toBe('{{ {a {{.zip');
  });

  it('cannot be made of itself', () => {
    const role = 'arn:aws:iam::{{sluice.accountId}}:role/Deploy';
    const targets = TARGETS.replace('arn:aws:iam::111111111111:role/Deploy', role);
    expect(said(file({ targets }))).toEqual([
      '6 unavailable-variable: sluice.accountId has no value here, in the deployAsIamRole itself.',
    ]);
  });

  it('is held to what it becomes, and the target is told with it', () => {
    const artifacts = ARTIFACTS.replace('acme-{{sluice.accountId}}', '{{context.bucket}}_');
    const more = 'context: {bucket: "a bucket"}\n';
    expect(said(file({ artifacts, more }))).toEqual([
      '10 bucket-name: "a bucket_-us-east-1" is not the name of a bucket that AWS accepts. ' +
        'At the target "staging", "s3://{{context.bucket}}_-{{sluice.region}}/orders.zip" became ' +
        '"s3://a bucket_-us-east-1/orders.zip". The same holds at 2 more targets.',
    ]);
  });

  it('is not filled in a second time', () => {
    const artifacts = ARTIFACTS.replace('orders.zip', '{{context.sha}}.zip');
    const more = 'context: {sha: "{{sluice region}}"}\n';
    expect(diagnose(file({ artifacts, more })).map(({ code }) => code)).toEqual([
      'useless-template',
    ]);
  });

  it('is left as it is in an environment where its braces are no variable of Sluice', () => {
    const options = `${OPTIONS}      environment: {TEXT: '{{name}} in {{sluice.region}}', OTHER: '{{'}\n`;
    expect(ordersAt('prod-eu', file({ options })).settings.environment).toEqual({
      TEXT: '{{name}} in eu-west-1',
      OTHER: '{{',
    });
  });

  it('tells nothing of what a variable of a function became', () => {
    const options = `${OPTIONS}      environment: {TOKEN: '{{context.token}}'}\n`;
    const more = 'context: {token: AKIAIOSFODNN7EXAMPLE}\n';
    const found = diagnose(file({ options, more }));
    expect(found.map(({ code }) => code)).toContain('secret-literal');
    expect(JSON.stringify(found)).not.toContain('AKIAIOSFODNN7EXAMPLE');
  });
});
