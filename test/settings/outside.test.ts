import { describe, expect, it } from '@jest/globals';
import { createAccess } from '../../src/settings/access.js';
import { files, problemsOf, settingsOf } from './settingsFile.js';

describe('settings of secrets', () => {
  it('name the places in the order in which they are asked', async () => {
    const { secrets } = await settingsOf(`
secrets:
  from:
    - awsSecretsManager: { region: eu-west-1, prefix: sluice/ }
    - directory: /run/secrets
    - environment: { prefix: SLUICE_SECRET_ }
`);
    expect(secrets?.from.map((place) => Object.keys(place))).toEqual([
      ['awsSecretsManager'],
      ['directory'],
      ['environment'],
    ]);
  });

  it('take a directory relative to the settings file, wherever the process runs', async () => {
    const { secrets } = await settingsOf('secrets: {from: [{directory: mounted/secrets}]}');
    expect(secrets?.from).toEqual([{ directory: files.path('mounted/secrets') }]);
  });

  it('have no prefix in AWS Secrets Manager unless they say so', async () => {
    const { secrets } = await settingsOf(
      'secrets: {from: [{awsSecretsManager: {region: us-east-1}}]}',
    );
    expect(secrets?.from).toEqual([{ awsSecretsManager: { region: 'us-east-1', prefix: '' } }]);
  });

  it('let an application use only what some rule allows', async () => {
    const access = createAccess(
      await settingsOf(`
secrets:
  from: []
  rules:
    - applications: ["pay-*"]
      allow: ["pay-*", ci-token]
    - applications: ["*"]
      allow: [status-page]
`),
    );
    expect(access.mayUseSecret('pay-orders', 'pay-key')).toBe(true);
    expect(access.mayUseSecret('pay-orders', 'ci-token')).toBe(true);
    expect(access.mayUseSecret('search', 'status-page')).toBe(true);
    expect(access.mayUseSecret('search', 'pay-key')).toBe(false);
    expect(access.mayUseSecret('pay-orders', 'ci-token-2')).toBe(false);
  });

  it('let every application use every secret without rules, and none with an empty list', async () => {
    const free = createAccess(await settingsOf('secrets: {from: []}'));
    const closed = createAccess(await settingsOf('secrets: {from: [], rules: []}'));
    expect(free.mayUseSecret('any', 'any')).toBe(true);
    expect(closed.mayUseSecret('any', 'any')).toBe(false);
  });

  it.each([
    ['secrets: {}', '1:10: secrets.from is missing.'],
    [
      'secrets: {from: [{}]}',
      '1:18: secrets.from.0 must say one of environment, directory and awsSecretsManager.',
    ],
    [
      'secrets: {from: [{directory: a, environment: {prefix: A_}}]}',
      '1:18: secrets.from.0 must say one of environment, directory and awsSecretsManager.',
    ],
    [
      'secrets: {from: [{environment: {prefix: ""}}]}',
      '1:41: secrets.from.0.environment.prefix must not be empty.',
    ],
    [
      'secrets: {from: [{awsSecretsManager: {prefix: a/}}]}',
      '1:38: secrets.from.0.awsSecretsManager.region is missing.',
    ],
    [
      'secrets: {from: [{vault: https://vault.example.com}]}',
      '1:19: secrets.from.0 has no setting named "vault".',
    ],
    [
      'secrets: {from: [], rules: [{applications: [shop]}]}',
      '1:29: secrets.rules.0.allow is missing.',
    ],
  ])('that cannot be used are refused: %s', (text, expected) => {
    expect(problemsOf(text).split('\n')[0]).toBe(`settings.yaml:${expected}`);
  });
});

describe('settings of networks', () => {
  it('allow webhooks no more than public addresses by default', async () => {
    expect(createAccess(await settingsOf('roles: []')).allowedAddresses('shop')).toEqual([]);
  });

  it.each(['10.20.0.0/16', '10.20.3.4', 'fd00:1::/32', 'fd00:1::5', '0.0.0.0/0'])(
    'allow the range %s',
    async (range) => {
      const settings = await settingsOf(`network: {allow: ["${range}"]}`);
      expect(createAccess(settings).allowedAddresses('shop')).toEqual([range]);
    },
  );

  it.each(['10.20.0.0/33', '10.20.0/16', 'fd00::/129', '10.0.0.0/8/8', '10.0.0.0/-1', 'localhost'])(
    'do not allow what is no range: %s',
    (range) => {
      expect(problemsOf(`network: {allow: ["${range}"]}`)).toBe(
        'settings.yaml:1:19: network.allow.0 must be a range of addresses such as 10.0.0.0/8 or fd00::/8.',
      );
    },
  );
});
