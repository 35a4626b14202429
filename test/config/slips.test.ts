import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from './support.js';

const base = readFileSync(new URL('wrong/base.yaml', import.meta.url), 'utf8');

/** What somebody meant, and what they wrote. Most mistakes have a page in `wrong`. */
type Slip = [name: string, meant: string, written: string, code: string];

const SLIPS: Slip[] = [
  ['an underscore in a region', 'region: us-east-1', 'region: us_east_1', 'region'],
  ['a region in capitals', 'region: us-east-1', 'region: US-EAST-1', 'region'],
  ['a region without its number', 'region: us-east-1', 'region: us-east', 'region'],
  ['two letters of a region', 'region: us-east-1', 'region: us-esat-1', 'misspelt-region'],
  ['a region of a shell', 'region: us-east-1', 'region: ${AWS_REGION}', 'useless-template'],
  ['a role without its type', 'role/Deploy', 'Deploy', 'role-arn'],
  ['a role of a shell', '111111111111:role/Deploy', '${ACCOUNT}:role/Deploy', 'useless-template'],
  ['a target that a function names', 'target: production', 'target: producton', 'unknown-target'],
  [
    'a target that an alias names',
    '[staging, production]',
    '[stagin, production]',
    'unknown-target',
  ],
  [
    'an artifact',
    'functionName: orders\n    path',
    'functionName: order\n    path',
    'function-without-artifact',
  ],
  [
    'a function that an alias names',
    'functionName: orders\n        alias',
    'functionName: order\n        alias',
    'alias-without-function',
  ],
  ['a runtime', 'nodejs24.x', 'nodejs24', 'unknown-runtime'],
  ['an alias', 'aliasName: live', 'aliasName: li ve', 'alias-name'],
  ['a scheme', 's3://', 's3:/', 'package-path'],
  ['a variable in a path', 'orders.zip', '{{context.sha}}.zip', 'missing-context'],
  ['a variable of a shell in a path', 'orders.zip', '${SHA}.zip', 'useless-template'],
  ['a variable in a bucket', 's3://packages', 's3://{{context.bucket}}', 'missing-context'],
  ['a key', 'handler: index', 'hanlder: index', 'unknown-key'],
  ['a key of a target', 'account: staging', 'acount: staging', 'unknown-key'],
  ['a unit', 'unit: minutes', 'unit: minute', 'wrong-value'],
];

describe('one slip is told once, and nothing that follows from it', () => {
  it.each(SLIPS)('%s', (_name, meant, written, code) => {
    expect(base).toContain(meant);
    const lines = diagnose(base.replace(meant, written)).map(({ code, line }) => `${line} ${code}`);
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^\\d+ ${code}$`))]);
  });
});

const estate = readFileSync(new URL('../../examples/multi-region.yaml', import.meta.url), 'utf8');

const SLIPS_IN_AN_ESTATE: Slip[] = [
  ['a pattern that fits no target', '[prod-*]', '[pord-*]', 'unknown-target'],
  [
    'a target of an artifact',
    'type: zipFile',
    'type: zipFile\n    targets: [nowhere]',
    'unknown-target',
  ],
  ['a pattern of traffic', '- alias:', '- targets: [pr*x]\n    alias:', 'unknown-target'],
  [
    'an entry for one target alone',
    '- name: checkout\n',
    '- name: checkout\n      target: staging\n',
    'missing-setting',
  ],
  ['no targets', '[prod-*]', '[]', 'wrong-value'],
  ['one target as a text', '[prod-*]', 'prod-*', 'wrong-type'],
  ['a value with a variable', 'release: 1.4.0 }', 'release: "{{context.a}}" }', 'useless-template'],
  ['a key of the context', '{{context.release}}', '{{context.relase}}', 'missing-context'],
];

describe('one slip in what is said once for many targets is told once', () => {
  it.each(SLIPS_IN_AN_ESTATE)('%s', (_name, meant, written, code) => {
    expect(estate).toContain(meant);
    const lines = diagnose(estate.replace(meant, written)).map((found) => found.code);
    expect(lines).toEqual([code]);
  });
});

it.each([
  ['a header', "headers: [{key: 'X-${A}', value: b}]", 'header-name'],
  [
    'an address with a blank',
    'uriTemplate: "https://ci.example.com/{{context.a}} "',
    'webhook-uri',
  ],
  ['an address of a shell', 'uriTemplate: "https://${HOST}/a"', 'useless-template'],
  ['an address whose braces are not closed', 'uriTemplate: "https://a/{{b c"', 'template-syntax'],
])('one slip of a webhook is told once: %s', (_name, written, code) => {
  const uri = written.startsWith('uri') ? written : `uriTemplate: "https://a.b", ${written}`;
  const text = base
    .replace('pause: {duration: 5, unit: minutes}', 'runWebhook: {name: w}')
    .concat(
      `context: {a: b}\nwebhooks: [{name: w, method: POST, disableCallback: true, ${uri}}]\n`,
    );
  expect(diagnose(text).map((one) => one.code)).toEqual([code]);
});

describe('a region that has not the form of one', () => {
  it.each([
    ['us_west_2', 'us-west-2'],
    ['EU-West-1', 'eu-west-1'],
    ['us-esat-1b', 'us-east-1'],
    ['eu west 1', 'eu-west-1'],
  ])('is told which is meant: %s', (written, meant) => {
    const [found] = diagnose(base.replace('region: us-east-1', `region: ${written}`));
    expect(found).toMatchObject({ code: 'region', remedy: `Did you mean "${meant}"?` });
  });
});
