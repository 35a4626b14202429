import { describe, expect, it } from '@jest/globals';
import { codes, diagnose, marked, SHOP, shopWith } from './support.js';

/** A rule, a passage of the example, what breaks the rule there, and what keeps it. */
type Case = [code: string, passage: string, wrong: string, ...right: string[]];

const cases: Case[] = [
  ['application-name', 'Shop', '⟦a:b⟧', 'Sweet Potato Lambda', 'a'.repeat(100)],
  ['application-name', 'Shop', `⟦${'a'.repeat(101)}⟧`],
  ['application-name', 'Shop', '⟦"  "⟧'],
  ['target-name', '  staging:\n', '  ⟦"it\'s"⟧:\n'],
  ['name-form', '[release-managers]', '[⟦"a\\nb"⟧]', '["a \\\\ b, \'c\': d"]'],
  ['name-form', '[release-managers]', `[⟦${'a'.repeat(101)}⟧]`, `[${'ä'.repeat(100)}]`],
  ['name-form', 'agentIdentifier: datacentre', 'agentIdentifier: ⟦"data\\u200bcentre"⟧'],
  ['name-form', 'metricProviderName: datadog', 'metricProviderName: ⟦"data\\u202edog"⟧'],
  ['secret-name', '{{secrets.chat}}', '⟦{{secrets.ſchat}}⟧', '{{secrets.Chat_1/a.b}}'],
  ['function-name', 'functionName: stock', 'functionName: ⟦s.tock⟧'],
  ['alias-name', 'live', '⟦"12"⟧', 'v2', 'a'.repeat(128)],
  ['alias-name', 'live', `⟦${'a'.repeat(129)}⟧`],
  [
    'role-arn',
    'arn:aws:iam::222222222222:role/Deploy',
    '⟦arn:aws:iam::22222222222:role/Deploy⟧',
    'arn:aws-us-gov:iam::222222222222:role/path/Deploy',
  ],
  ['role-arn', 'arn:aws:iam::222222222222:role/Run', '⟦arn:aws:iam::222222222222:user/Run⟧'],
  ['region', 'region: us-east-1', 'region: ⟦us-east⟧', 'region: us-gov-west-1'],
  ['bucket-name', 's3://shop-packages/orders.zip', '⟦s3://s/orders.zip⟧', 's3://a.b-c/d e.zip'],
  ['package-path', 's3://shop-packages/orders.zip', '⟦https://shop-packages/orders.zip⟧'],
  ['package-path', 's3://shop-packages/orders.zip', '⟦s3://shop-packages/⟧'],
  ['package-path', 's3://shop-packages/orders.zip', '⟦s3:///orders.zip⟧'],
  ['package-key', 's3://shop-packages/orders.zip', `⟦s3://shop-packages/${'k'.repeat(1025)}⟧`],
  [
    'replaced-code',
    's3://shop-packages/replaced/orders/',
    '⟦s3://shop-packages/replaced⟧',
    's3://a.b/c_d.e/',
  ],
  ['replaced-code', 's3://shop-packages/replaced/orders/', '⟦s3://shop-packages/⟧'],
  ['replaced-code', 's3://shop-packages/replaced/orders/', '⟦"s3://shop-packages/re*/"⟧'],
  ['replaced-code', 's3://shop-packages/replaced/orders/', '⟦s3://shop-packages/../⟧'],
  ['package-region', 's3://shop-packages/replaced/orders/', 's3://shop-packages-eu/replaced/'],
  ['handler', 'stock.handler', '⟦stock handler⟧', 'package.Class::method'],
  ['handler', 'stock.handler', '⟦""⟧'],
  ['unknown-runtime', 'python3.13', '⟦Python 3⟧', 'provided.al2023'],
  ['unknown-runtime', 'python3.13', '⟦3.13⟧'],
  ['newer-runtime', 'python3.13', '⟦python3.99⟧', 'python3.14'],
  ['blocked-runtime', 'python3.13', '⟦python3.6⟧', 'python3.7'],
  ['uncreatable-runtime', 'python3.13', '⟦python3.7⟧', 'python3.8'],
  ['deprecated-runtime', 'python3.13', '⟦python3.10⟧', 'python3.11'],
  ['variable-name', 'RETRIES: 3', '⟦RE-TRIES⟧: 3', 'retries2: 3'],
  [
    'layer-arn',
    'arn:aws:lambda:us-east-1:111111111111:layer:tools:4',
    '⟦arn:aws:lambda:us-east-1:111111111111:layer:tools⟧',
    'arn:aws:lambda:us-east-1:111111111111:layer:tools:40',
  ],
  ['architectures', '[arm64]', '⟦[arm64, x86_64]⟧', '[x86_64]'],
  ['architectures', '[arm64]', '⟦[arm]⟧'],
  [
    'role-account',
    'runAsIamRole: arn:aws:iam::222222222222:role/Run',
    'runAsIamRole: ⟦arn:aws:iam::111111111111:role/Run⟧',
  ],
  ['duplicate-target', '  production:\n', '  ⟦"staging "⟧:\n'],
  ['duplicate-strategy', 'artifacts:\n', '  ⟦" gradual"⟧: {canary: {steps: []}}\nartifacts:\n'],
  ['duplicate-artifact', 'functionName: stock', 'functionName: ⟦orders⟧'],
  ['duplicate-function', 'name: stock', 'name: ⟦orders⟧'],
  ['unknown-target', 'dependsOn: [staging]', 'dependsOn: [staging, ⟦stagin⟧]'],
  ['unknown-target', '- target: staging', '- target: ⟦integration⟧'],
  ['unknown-target', 'targets: [production]', 'targets: [production, ⟦prod⟧]'],
  ['unknown-strategy', 'strategy: atOnce', 'strategy: ⟦at-once⟧', 'strategy: gradual'],
  ['unused-strategy', 'strategies:\n', 'strategies:\n  ⟦other⟧: {canary: {steps: []}}\n'],
  [
    'dependency-cycle',
    '    strategy: atOnce\n',
    '    strategy: atOnce\n    constraints: {dependsOn: [⟦production⟧]}\n',
  ],
  ['dependency-cycle', 'dependsOn: [staging]', 'dependsOn: [⟦production⟧]', 'dependsOn: []'],
  [
    'target-without-function',
    'targets:\n',
    'targets:\n  ⟦idle⟧: {<<: *common, region: us-west-2}\n',
  ],
  [
    'artifact-without-target',
    'artifacts:\n',
    'artifacts:\n  - {functionName: ⟦idle⟧, path: s3://abc/d, type: zipFile}\n',
  ],
  ['function-without-artifact', 'name: stock', 'name: ⟦stocks⟧'],
  [
    'alias-without-function',
    'targets: [production]\n    alias:\n      - functionName: orders',
    'targets: [staging]\n    alias:\n      - functionName: ⟦stock⟧',
  ],
  [
    'second-alias',
    '        aliasName: live\n',
    '        aliasName: live\n      - functionName: orders\n        aliasName: ⟦next⟧\n',
    '        aliasName: next\n',
  ],
  ['one-step-per-entry', '- setWeight: 50', '- ⟦{}⟧'],
  ['weight-range', 'setWeight: 50', 'setWeight: ⟦101⟧', 'setWeight: 100', 'setWeight: 10.5'],
  ['weight-range', 'weight: 10', 'weight: ⟦-1⟧', 'weight: 0'],
  ['weight-order', 'setWeight: 50', 'setWeight: ⟦5⟧'],
  ['weight-order', 'setWeight: 50', 'setWeight: ⟦10⟧'],
  ['deployment-timeout', 'duration: 45', 'duration: ⟦0.9⟧', 'duration: 1'],
  ['positive-duration', 'duration: 45', 'duration: ⟦0⟧'],
  ['deployment-timeout', 'duration: 45', 'duration: ⟦1e300⟧'],
  ['memory-size', '512', '⟦127⟧', '128', '10240'],
  ['memory-size', '512', '⟦10241⟧'],
  ['function-timeout', 'timeout: 30', 'timeout: ⟦901⟧', 'timeout: 1', 'timeout: 900'],
  ['function-timeout', 'timeout: 30', 'timeout: ⟦0⟧'],
  [
    'layer-region',
    'arn:aws:lambda:us-east-1:111111111111:layer:tools:4',
    '⟦arn:aws:lambda:us-west-2:111111111111:layer:tools:4⟧',
  ],
  ['reserved-variable', 'LEVEL: info', '⟦AWS_REGION⟧: info', 'AWS_REGIONS: info'],
  ['duplicate-webhook', 'name: tests\n    method', 'name: ⟦notify⟧\n    method'],
  ['duplicate-query', '- name: latency', '- name: ⟦errors⟧'],
  ['unknown-webhook', '{name: tests}', '{name: ⟦test⟧}', '{name: " tests "}'],
  ['unknown-query', '[errors, latency]', '[errors, ⟦latancy⟧]'],
  [
    'unused-webhook',
    'webhooks:\n',
    `webhooks:\n  - {name: ⟦idle⟧, method: GET, uriTemplate: "https://a.b"}\n`,
  ],
  [
    'unused-query',
    '  queries:\n',
    '  queries:\n    - {name: ⟦idle⟧, queryTemplate: x, lowerLimit: 1}\n',
  ],
  ['weight-without-alias', '      - functionName: stock\n        aliasName: v2\n', ''],
  [
    'one-step-per-entry',
    '- runWebhook: {name: tests}',
    '- ⟦runWebhook⟧: {name: tests}\n          pause: {untilApproved: true}',
  ],
  ['pause-form', 'pause: {duration: 5, unit: minutes}', '⟦pause⟧: {duration: 5}'],
  ['pause-form', 'pause: {duration: 5, unit: minutes}', '⟦pause⟧: {}'],
  [
    'pause-form',
    'pause: {duration: 5, unit: minutes}',
    'pause: {untilApproved: ⟦false⟧}',
    'pause: {untilApproved: true}',
  ],
  [
    'pause-form',
    '{duration: 5, unit: minutes}',
    '{⟦duration⟧: 5, unit: minutes, untilApproved: true}',
  ],
  ['pause-form', '            untilApproved: true\n', ''],
  ['positive-duration', 'duration: 5,', 'duration: ⟦0⟧,', 'duration: 0.0001,'],
  [
    'pause-duration',
    'duration: 5, unit: minutes',
    'duration: ⟦8761⟧, unit: hours',
    'duration: 8760, unit: hours',
  ],
  ['positive-duration', 'duration: 24', 'duration: ⟦0⟧'],
  ['approval-expiration', 'duration: 24', 'duration: ⟦8761⟧', 'duration: 8760'],
  [
    'short-approval',
    'duration: 24\n              unit: hours',
    'duration: ⟦59⟧\n              unit: seconds',
    'duration: 60\n              unit: seconds',
  ],
  ['webhook-agent', '    agentIdentifier: datacentre\n', ''],
  [
    'webhook-agent',
    '    networkMode: remoteNetworkAgent\n    agentIdentifier: datacentre',
    '    agentIdentifier: ⟦datacentre⟧',
    '    networkMode: direct',
  ],
  ['webhook-body', 'method: PUT', 'method: get', 'method: DELETE'],
  [
    'webhook-uri',
    'https://ci.example.com/run',
    '⟦ci.example.com/run⟧',
    '{{context.team}}/run',
    'http://ci.example.com',
  ],
  ['header-name', 'key: Authorization', 'key: ⟦"Author ization"⟧', 'key: X-Api_Key'],
  ['header-value', 'value: Bearer {{secrets.chat}}', 'value: ⟦"Bearer\\n{{secrets.chat}}"⟧'],
  ['retry-count', 'retryCount: 3', 'retryCount: ⟦101⟧', 'retryCount: 0', 'retryCount: 100'],
  ['callback-not-given', '{{armory.callbackUri}}/callback', '/callback'],
  ['callback-not-given', '    disableCallback: true\n', ''],
  ['query-without-limit', '      upperLimit: 0.5\n', '', '      lowerLimit: 0\n'],
  ['limits-crossed', 'lowerLimit: 1', 'lowerLimit: ⟦201⟧', 'lowerLimit: 200'],
  [
    'judgment-runs',
    'numberOfJudgmentRuns: 5',
    'numberOfJudgmentRuns: ⟦0⟧',
    'numberOfJudgmentRuns: 1000',
  ],
  ['judgment-runs', 'numberOfJudgmentRuns: 5', 'numberOfJudgmentRuns: ⟦1001⟧'],
  ['positive-duration', 'interval: 30', 'interval: ⟦0⟧'],
  [
    'analysis-interval',
    'interval: 30\n            units: Seconds',
    'interval: ⟦4381⟧\n            units: hours',
    'interval: 4380\n            units: hours',
  ],
  ['template-syntax', '{{context.channel}}', '⟦{{#context.channel}}⟧'],
  ['template-syntax', '{{context.channel}}', '⟦{{{context.channel}}}⟧'],
  [
    'template-syntax',
    'Bearer {{secrets.chat}}',
    'Bearer ⟦{{secrets.chat⟧',
    'Bearer {secrets.chat}',
  ],
  [
    'unknown-variable',
    '{{armory.functionName}}',
    '⟦{{armory.function}}⟧',
    '{{ armory.functionName }}',
  ],
  ['unknown-variable', '{{context.team}}', '⟦{{team}}⟧'],
  ['unavailable-variable', '{{context.team}}', '⟦{{armory.intervalSeconds}}⟧', '{{armory.weight}}'],
  ['unavailable-variable', '{{context.channel}}', '⟦{{armory.callbackUri}}⟧'],
  ['unavailable-variable', '{{armory.functionName}}', '⟦{{armory.callbackUri}}⟧'],
  [
    'missing-context',
    'LEVEL: info',
    'LEVEL: "a ⟦{{context.level}}⟧"',
    'LEVEL: "{context.level}"',
    'LEVEL: "{{level}}"',
  ],
  ['useless-template', 'team: checkout', 'team: "⟦{{armory.region}}⟧"'],
  ['unavailable-variable', 'room: war', 'room: "⟦{{sluice.version}}⟧"', 'room: "${ROOM}"'],
  ['useless-template', 'percentile: p99', 'percentile: "⟦{{context.percentile}}⟧"'],
  ['useless-template', 'account: shop-staging', 'account: ⟦${ACCOUNT}⟧', 'account: $ACCOUNT'],
  ['useless-template', '[release-managers]', '[⟦"${TEAM}"⟧]', '["{release}"]'],
  ['useless-template', 'agentIdentifier: datacentre', 'agentIdentifier: ⟦"{{context.team}}"⟧'],
  ['useless-template', 'metricProviderName: datadog', 'metricProviderName: ⟦${METRICS}⟧'],
  ['useless-template', 'MetricProviderName: prometheus', 'MetricProviderName: ⟦${METRICS}⟧'],
  ['missing-context', 'room: war', 'rooms: war', 'room: ""'],
  ['missing-context', 'percentile: p90\n', 'percentiles: p90\n'],
  ['variable-too-early', '{{context.channel}}', '{{armory.version}}', '{{armory.environmentName}}'],
  [
    'secret-literal',
    'Bearer {{secrets.chat}}',
    '⟦Bearer 5f2c9d81⟧',
    '"{{secrets.scheme}} {{secrets.chat}}"',
  ],
  [
    'secret-literal',
    'https://ci.example.com/run',
    '⟦https://ci:hunter22@ci.example.com/run⟧',
    'https://ci.example.com/run@ci:22',
  ],
  [
    'secret-literal',
    'https://ci.example.com/run',
    '⟦https://ci.example.com/run?token=abcdef12⟧',
    'https://ci.example.com/run?token={{secrets.ci}}',
  ],
  ['secret-literal', 'LEVEL: info', 'LEVEL: ⟦AKIAIOSFODNN7EXAMPLE⟧'],
  ['secret-literal', 'team: checkout', 'team: ⟦ghp_0123456789abcdefghijklmnopqrstuvwxyz⟧'],
  ['ambiguous-text', 'team: checkout', 'team: ⟦no⟧', 'team: "no"', 'team: 12', 'team: false'],
  ['ambiguous-text', 'team: checkout', 'team: ⟦1e3⟧'],
  ['ambiguous-text', 'team: checkout', 'team: ⟦12:30:45⟧', 'team: 12:30 Uhr'],
  ['ambiguous-text', 'account: shop-staging', 'account: ⟦012345678901⟧', 'account: 112345678901'],
];

describe('a file that breaks a rule', () => {
  it.each(cases)('gets %s at the token that breaks it: %s → %s', (code, passage, wrong) => {
    const { text, position } = marked(shopWith(passage, wrong));
    expect(diagnose(text)).toContainEqual(
      expect.objectContaining({ code, ...(wrong.includes('⟦') && position) }),
    );
  });

  it.each(
    cases.flatMap(([code, passage, , ...right]) => right.map((each) => [code, passage, each])),
  )('is told nothing of %s when it keeps it: %s → %s', (code = '', passage = '', right = '') => {
    expect(codes(shopWith(passage, right))).not.toContain(code);
  });

  it('is accepted when it breaks none', () => {
    expect(codes(SHOP)).toEqual([]);
  });
});

describe('several mistakes', () => {
  it('are all told in one run, in the order of the file', () => {
    const found = codes(
      shopWith('kind: lambda', 'kind: lamda')
        .replace('region: eu-west-1', 'regoin: eu-west-1')
        .replace('setWeight: 50', 'setWeight: 5')
        .replace('memorySize: 512', 'memorySize: lots')
        .replace('name: stock', 'name: stocks'),
    );
    expect(found).toEqual([
      'unsupported-kind',
      'unknown-key',
      'weight-order',
      'wrong-type',
      'function-without-artifact',
    ]);
  });

  it('do not follow from one that has been told: what cannot be read is missed by no rule', () => {
    expect(codes(shopWith('    - target: staging', '    - target: [staging]'))).toEqual([
      'wrong-type',
    ]);
    expect(codes(SHOP.replace(/targets:\n(?: .*\n)+/, 'targets: production\n'))).toEqual([
      'wrong-type',
    ]);
    expect(codes(SHOP.replace(/strategies:\n(?: .*\n)+/, 'strategies: [atOnce]\n'))).toEqual([
      'wrong-type',
    ]);
    expect(codes(SHOP.replace(/artifacts:\n(?: .*\n)+/, 'artifacts: none\n'))).toEqual([
      'wrong-type',
    ]);
  });

  it('in what two targets share are told once, where it is written', () => {
    const { text, position } = marked(
      shopWith('gradual\ntargets', '⟦gradul⟧\ntargets').replace('strategy: atOnce', '<<: *common'),
    );
    const found = diagnose(text).filter(({ code }) => code === 'unknown-strategy');
    expect(found).toEqual([expect.objectContaining(position)]);
  });
});
