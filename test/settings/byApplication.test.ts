import { describe, expect, it } from '@jest/globals';
import { createAccess } from '../../src/settings/access.js';
import { problemsOf, settingsOf } from './settingsFile.js';

const accessOf = async (text: string) => createAccess(await settingsOf(text));

describe('what settings say by application', () => {
  it('is which agents call its webhooks: each of them unless there are rules', async () => {
    const without = await accessOf('roles: []');
    expect(without.mayUseAgent('shop', 'office')).toBe(true);
    const access = await accessOf('agents: [{applications: [shop-*], allow: [office, lab-*]}]');
    expect(access.mayUseAgent('shop-web', 'office')).toBe(true);
    expect(access.mayUseAgent('shop-web', 'lab-3')).toBe(true);
    expect(access.mayUseAgent('shop-web', 'vault')).toBe(false);
    expect(access.mayUseAgent('bank', 'office')).toBe(false);
    expect((await accessOf('agents: []')).mayUseAgent('shop', 'office')).toBe(false);
  });

  it('is which metric providers it may ask: each of them unless the provider says whom', async () => {
    const access = await accessOf(`
metricProviders:
  everybodys: {type: cloudWatch}
  prometheus: {type: prometheus, url: "https://p.example.com", applications: [shop-*, bank]}
`);
    expect(access.mayAsk('anything', 'everybodys')).toBe(true);
    expect(access.mayAsk('shop-web', 'prometheus')).toBe(true);
    expect(access.mayAsk('bank', 'prometheus')).toBe(true);
    expect(access.mayAsk('banks', 'prometheus')).toBe(false);
  });

  it.each([
    '{type: datadog, apiKeyFrom: {env: KEY}, applicationKeyFrom: {env: KEY}',
    '{type: newRelic, accountId: 1, apiKeyFrom: {env: KEY}',
    '{type: cloudWatch',
  ])('can be said of every type of provider: %s', async (provider) => {
    const text = `metricProviders: {one: ${provider}, applications: [shop]}}`;
    const access = createAccess(await settingsOf(text, { KEY: 'key' }));
    expect([access.mayAsk('shop', 'one'), access.mayAsk('bank', 'one')]).toEqual([true, false]);
  });

  it('is where its webhooks may go, beside where everybody may', async () => {
    const access = await accessOf(`
network:
  allow: [10.0.0.0/8]
  rules:
    - {applications: [shop-*], allow: [192.168.1.1]}
    - {applications: ['*-web'], allow: ['fd00::/8']}
`);
    expect(access.allowedAddresses('bank')).toEqual(['10.0.0.0/8']);
    expect(access.allowedAddresses('shop-app')).toEqual(['10.0.0.0/8', '192.168.1.1']);
    expect(access.allowedAddresses('shop-web')).toEqual(['10.0.0.0/8', '192.168.1.1', 'fd00::/8']);
    const alone = await accessOf('network: {rules: [{applications: [a], allow: [10.1.1.1]}]}');
    expect([alone.allowedAddresses('a'), alone.allowedAddresses('b')]).toEqual([['10.1.1.1'], []]);
  });

  it.each([
    ['agents: [{applications: [], allow: [x]}]', '1:25: agents.0.applications must not be empty.'],
    ['agents: [{applications: [x]}]', '1:10: agents.0.allow is missing.'],
    [
      'network: {rules: [{applications: [x], allow: [office]}]}',
      '1:47: network.rules.0.allow.0 must be a range of addresses such as 10.0.0.0/8 or fd00::/8.',
    ],
    [
      'metricProviders: {a: {type: cloudWatch, applications: all}}',
      '1:55: metricProviders.a.applications must be a list.',
    ],
  ])('cannot be used when it is wrong: %s', (text, expected) => {
    expect(problemsOf(text)).toBe(`settings.yaml:${expected}`);
  });
});
