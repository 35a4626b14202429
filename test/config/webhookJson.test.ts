import { describe, expect, it } from '@jest/globals';
import { checkPlan } from '../../src/config/index.js';
import { plan, targetPlan, WEBHOOK } from '../support/plans.js';
import { diagnose } from './support.js';

const file = (body: string, type = 'application/json') => `version: v1
kind: lambda
application: shop
targets:
  prod: {account: a, deployAsIamRole: "arn:aws:iam::111111111111:role/D", region: us-east-1, strategy: s}
strategies: {s: {canary: {steps: [{setWeight: 20}, {runWebhook: {name: tests}}]}}}
artifacts: [{functionName: f, path: s3://bucket/f.zip, type: zipFile}]
providerOptions:
  lambda: [{target: prod, name: f, runAsIamRole: "arn:aws:iam::111111111111:role/R", handler: a.b, runtime: nodejs24.x}]
trafficManagement: [{targets: [prod], alias: [{functionName: f, aliasName: live}]}]
webhooks:
  - name: tests
    method: POST
    uriTemplate: https://ci.example.com
    disableCallback: true
    headers: [{key: content-type, value: ${type}}]
    bodyTemplate:
      inline: ${body}
`;

const missingComma = `|-
        {
          "target": "{{armory.environmentName}}"
          "region": "{{armory.region}}"
        }`;

describe('a body that is to be JSON', () => {
  it('is an error at its line when it is none', () => {
    const text = file(missingComma);
    const line = text.split('\n').findIndex((one) => one.includes('"region"')) + 1;
    expect(diagnose(text)).toEqual([
      expect.objectContaining({
        code: 'webhook-json',
        severity: 'error',
        line,
        column: 11,
        message:
          'The body is to be JSON, as its Content-Type says, and is none from its line 3 on.',
      }),
    ]);
  });

  it.each([
    ['an end that is missing', `|-\n        {"a": 1,\n         "b": 2\n`, 20],
    ['one line in quotes', `'{"a": 1,}'`, 18],
    ['a text without quotes', `'{"a": b}'`, 18],
    ['nothing', `""`, 18],
  ])('is an error: %s', (_name, body, line) => {
    expect(diagnose(file(body)).map((one) => [one.code, one.line])).toEqual([
      ['webhook-json', line],
    ]);
  });

  it.each([
    ['JSON', `'{"a": "{{context.a}}"}'`],
    ['a number that is a variable', `'{"a": {{armory.weight}}}'`],
    ['a whole document that is a variable', `"{{secrets.document}}"`],
    ['a list', `'[1, "{{armory.region}}"]'`],
  ])('may be %s', (_name, body) => {
    const codes = diagnose(file(body)).map(({ code }) => code);
    expect(codes).not.toContain('webhook-json');
  });

  it.each(['text/plain', 'application/x-ndjson', '"{{context.type}}"', 'application/json-seq'])(
    'is not meant by %s',
    (type) => {
      const codes = diagnose(file(`'{"a": 1'`, type)).map(({ code }) => code);
      expect(codes).not.toContain('webhook-json');
    },
  );

  it('is asked of a plan, too', () => {
    const hook = {
      ...WEBHOOK,
      headers: [{ key: 'Content-Type', value: 'application/vnd.shop+json; charset=utf-8' }],
      bodyTemplate: '{"a": 1',
    };
    const step = { type: 'runWebhook', webhook: 'tests', context: {} } as const;
    const checked = checkPlan(
      plan([targetPlan('prod', { afterDeployment: [step] })], { webhooks: { tests: hook } }),
    );
    expect(checked).toEqual({
      problems: [expect.stringContaining('webhooks.tests.bodyTemplate: The body is to be JSON')],
    });
  });
});
