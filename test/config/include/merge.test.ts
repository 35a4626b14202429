import { describe, expect, it } from '@jest/globals';
import { planOf, SHOP, shopWith } from '../support.js';
import { planOfParts } from './parts.js';

/** The example without the value of a key, and that value with its key, as a part. */
function withoutKey(key: string): { rest: string; part: string } {
  const start = SHOP.indexOf(`\n${key}:`) + 1;
  const length = SHOP.slice(start).search(/\n(?=[a-zA-Z])/) + 1;
  const end = length > 0 ? start + length : SHOP.length;
  return { rest: SHOP.slice(0, start) + SHOP.slice(end), part: SHOP.slice(start, end) };
}

const KEYS = [
  ...['description', 'context', 'contextOverrides', 'strategies', 'artifacts', 'providerOptions'],
  ...['trafficManagement', 'analysis', 'webhooks', 'deploymentConfig'],
];

describe('a part of a deployment', () => {
  it.each(KEYS)('means the same in a file that is included: %s', (key) => {
    const { rest, part } = withoutKey(key);
    const text = `include: ../shared/${key}.yaml\n${rest}`;
    const whole = `version: v1\nkind: lambda\n${part}`;
    expect(planOfParts(text, { [`../shared/${key}.yaml`]: whole })).toEqual(planOf(SHOP));
  });

  it('is found from the folder of the file that includes it', () => {
    const { rest, part } = withoutKey('webhooks');
    const text = `include: [../shared/all.yaml]\n${rest}`;
    const files = {
      '../shared/all.yaml': 'include: [hooks/webhooks.yaml]\n',
      '../shared/hooks/webhooks.yaml': part,
    };
    expect(planOfParts(text, files)).toEqual(planOf(SHOP));
  });

  it('may be given as bytes', () => {
    const { rest, part } = withoutKey('webhooks');
    const files = { 'webhooks.yaml': new TextEncoder().encode(part) };
    expect(planOfParts(`include: webhooks.yaml\n${rest}`, files)).toEqual(planOf(SHOP));
  });
});

describe('what a file says', () => {
  it('goes before what it includes, key by key', () => {
    const text = shopWith('application: Shop', 'application: Shop\ninclude: shared.yaml');
    const shared = `application: other
context: {team: nobody, percentile: p50, region: everywhere}
deploymentConfig: {timeout: {duration: 1, unit: hours}}
targets: {production: {account: other, region: eu-central-1}}
`;
    const plan = planOf(SHOP);
    expect(planOfParts(text, { 'shared.yaml': shared })).toEqual({
      ...plan,
      context: { ...plan.context, region: 'everywhere' },
      targets: expect.arrayContaining(plan.targets),
    });
  });

  it('adds to a mapping that it includes', () => {
    const text = shopWith(
      '  production:\n    <<: *common\n    region: us-east-1\n',
      '  production:\n    region: us-east-1\n',
    );
    const shared = `targets:
  production:
    account: shop-production
    deployAsIamRole: arn:aws:iam::111111111111:role/Deploy
    strategy: gradual
`;
    const plan = planOfParts(`include: shared.yaml\n${text}`, { 'shared.yaml': shared });
    const { targets, ...rest } = planOf(SHOP);
    expect(plan).toMatchObject(rest);
    expect(plan.targets.toSorted(byName)).toEqual(targets.toSorted(byName));
  });

  it('replaces the steps of a strategy as a whole', () => {
    const shared = 'strategies: {gradual: {canary: {steps: [{setWeight: 1}, {setWeight: 2}]}}}';
    expect(planOfParts(`include: a.yaml\n${SHOP}`, { 'a.yaml': shared })).toEqual(planOf(SHOP));
  });

  it('replaces webhooks and queries by their names, and keeps the others', () => {
    const shared = `webhooks:
  - {name: " tests", method: GET, uriTemplate: "https://other.example.com"}
  - {name: page, method: POST, uriTemplate: "https://pager.example.com", disableCallback: true}
analysis:
  queries:
    - {name: errors, queryTemplate: other, upperLimit: 9}
    - {name: saturation, queryTemplate: max(cpu), upperLimit: 80, metricProviderName: datadog}
`;
    expect(planOfParts(`include: a.yaml\n${SHOP}`, { 'a.yaml': shared })).toEqual(planOf(SHOP));
    const uses =
      `include: a.yaml\n${shopWith('runWebhook: {name: tests}', 'runWebhook: {name: page}')}`
        .replace('queries: [latency]', 'queries: [saturation]')
        .replace(/ {2}- name: tests\n(?: {4}.*\n)+/, '');
    const plan = planOfParts(uses, { 'a.yaml': shared });
    expect(plan.webhooks['page']?.uriTemplate).toBe('https://pager.example.com');
    expect(plan.queries['saturation']?.template).toBe('max(cpu)');
    expect(plan.queries['errors']?.template).toBe(planOf(SHOP).queries['errors']?.template);
  });

  it('comes after artifacts, functions and aliases that it includes', () => {
    const text = shopWith(/ {2}- functionName: orders\n(?: {4}.*\n)+/.exec(SHOP)?.[0] ?? '', '');
    const shared = `artifacts:
  - {functionName: orders, path: s3://shop-packages/orders.zip, type: zipFile, replacedCode: s3://shop-packages/replaced/orders/}
`;
    expect(planOfParts(`include: a.yaml\n${text}`, { 'a.yaml': shared })).toEqual(planOf(SHOP));
  });
});

describe('of several included files', () => {
  const room = (name: string) => `context: {channel: ${name}, room: ${name}}\n`;
  const rest = shopWith('context:\n  team: checkout', 'context:\n  team: checkout');

  function contextOf(include: string, files: Record<string, string>): Record<string, string> {
    return planOfParts(`include: ${include}\n${rest}`, files).context;
  }

  it('the later one goes before the earlier one', () => {
    const files = { 'a.yaml': room('a'), 'b.yaml': 'context: {room: b}\n' };
    expect(contextOf('[a.yaml, b.yaml]', files)).toMatchObject({ room: 'b' });
    expect(contextOf('[b.yaml, a.yaml]', files)).toMatchObject({ room: 'a' });
  });

  it('one goes before what it includes itself', () => {
    const files = { 'a.yaml': `include: b.yaml\n${room('a')}`, 'b.yaml': room('b') };
    expect(contextOf('[a.yaml, b.yaml]', files)).toMatchObject({ room: 'a' });
    expect(contextOf('[b.yaml, a.yaml]', files)).toMatchObject({ room: 'a' });
  });

  it('two may include the same, which counts once', () => {
    const artifact = '{functionName: shared, path: s3://shop-packages/s.zip, type: zipFile}';
    const files = {
      'a.yaml': 'include: common.yaml\n',
      'b.yaml': 'include: ./x/../common.yaml\n',
      'common.yaml': `${room('common')}artifacts: [${artifact}]\n`,
    };
    expect(contextOf('[a.yaml, b.yaml, common.yaml]', files)).toMatchObject({ room: 'common' });
  });
});

function byName(one: { name: string }, other: { name: string }): number {
  return one.name.localeCompare(other.name);
}
