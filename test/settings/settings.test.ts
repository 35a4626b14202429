import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { createAccess } from '../../src/settings/access.js';
import { readSettings } from '../../src/settings/settings.js';
import { files, problemsOf, settingsOf } from './settingsFile.js';

describe('settings', () => {
  it('allow everything without a file', async () => {
    const settings = await readSettings({ SLUICE_SETTINGS: '' });
    const access = createAccess(settings);
    expect(settings.requestsPerSecond).toBe(15);
    expect(access.mayUse('any', 'arn:aws:iam::222222222222:role/any')).toBe(true);
    expect(access.externalId('222222222222')).toBeUndefined();
  });

  it('say which file they come from', async () => {
    expect((await settingsOf('roles: []')).file).toBe(files.path('settings.yaml'));
  });

  it('read external ids from the file, a variable and a file of their own', async () => {
    await writeFile(files.path('external-id'), 'from-file\n');
    const settings = await settingsOf(
      [
        'accounts:',
        '  "222222222222": {externalId: from-settings}',
        '  012345678901: {externalIdFrom: {env: EXTERNAL_ID}}',
        '  333333333333: {externalIdFrom: {file: external-id}}',
        'aws: {requestsPerSecond: 4.5}',
      ].join('\n'),
      { EXTERNAL_ID: 'from-variable' },
    );
    const access = createAccess(settings);
    expect(access.externalId('222222222222')).toBe('from-settings');
    expect(access.externalId('012345678901')).toBe('from-variable');
    expect(access.externalId('333333333333')).toBe('from-file');
    expect(settings.requestsPerSecond).toBe(4.5);
  });

  it('let an application use only what some rule allows', async () => {
    const access = createAccess(
      await settingsOf(`
roles:
  - applications: ["pay-*", billing]
    allow: ["arn:aws:iam::222222222222:role/*"]
  - applications: ["*"]
    allow: ["arn:aws:iam::111111111111:role/sandbox"]
`),
    );
    const payRole = 'arn:aws:iam::222222222222:role/deploy';
    expect(access.mayUse('pay-orders', payRole)).toBe(true);
    expect(access.mayUse('billing', payRole)).toBe(true);
    expect(access.mayUse('search', payRole)).toBe(false);
    expect(access.mayUse('search', 'arn:aws:iam::111111111111:role/sandbox')).toBe(true);
    expect(access.mayUse('pay-orders', 'arn:aws:iam::333333333333:role/deploy')).toBe(false);
  });

  it('say where AWS is called, and else leave that to the environment of the AWS SDK', async () => {
    const { endpoints } = createAccess(
      await settingsOf('aws: {stsRegion: eu-west-1, useDualstackEndpoint: true}'),
    );
    expect(endpoints).toEqual({ stsRegion: 'eu-west-1', useDualstackEndpoint: true });
    expect(createAccess(await settingsOf('aws: {requestsPerSecond: 4}')).endpoints).toEqual({});
  });

  it('allow nothing when the list of rules is empty', async () => {
    const access = createAccess(await settingsOf('roles: []'));
    expect(access.mayUse('any', 'arn:aws:iam::222222222222:role/any')).toBe(false);
  });
});

describe('settings that cannot be used', () => {
  it.each([
    [
      'accounts: {"222": {externalId: abc}}',
      '1:12: accounts.222 must be an account id of twelve digits.',
    ],
    [
      'accounts:\n  "222222222222": {externalID: abc}',
      '2:20: accounts.222222222222 has no setting named "externalID".\n' +
        'settings.yaml:2:19: accounts.222222222222 must say either externalId or externalIdFrom.',
    ],
    [
      'accounts:\n  "222222222222": {}',
      '2:19: accounts.222222222222 must say either externalId or externalIdFrom.',
    ],
    [
      'accounts:\n  "222222222222": {externalIdFrom: {}}',
      '2:36: accounts.222222222222.externalIdFrom must say either env or file.',
    ],
    [
      'accounts:\n  "222222222222": {externalId: 123}',
      '2:32: accounts.222222222222.externalId must be text: put it in quotes.',
    ],
    ['aws: {requestsPerSecond: 0}', '1:26: aws.requestsPerSecond must be a number above 0.'],
    ['aws: {requestsPerSecond: lots}', '1:26: aws.requestsPerSecond must be a number above 0.'],
    ['aws: {stsRegion: Mumbai}', '1:18: aws.stsRegion must be an AWS region, such as us-east-1.'],
    ['aws: {useFipsEndpoint: yes}', '1:24: aws.useFipsEndpoint must be true or false.'],
    ['roles:\n  - applications: [a]', '2:5: roles.0.allow is missing.'],
    ['roles: {}', '1:8: roles must be a list.'],
    ['role: []', '1:1: the file has no setting named "role".'],
    ['- 1', '1:1: the file must be a mapping.'],
    ['a: [', '1:5: this is not valid YAML (bad indent).'],
    ['a: 1\na: 2', '2:1: this is not valid YAML (duplicate key).'],
    ['a: *missing', ' an alias (*name) in it has no anchor (&name).'],
  ])('%s', (text, expected) => {
    expect(problemsOf(text)).toBe(`settings.yaml:${expected}`);
  });

  it.each(['', '# roles: []\n', '---\n'])('because nothing is in them: %j', (text) => {
    expect(problemsOf(text)).toBe(
      'settings.yaml: the file is empty. Write the settings into it, or do not set ' +
        'SLUICE_SETTINGS: then every role is allowed.',
    );
  });

  it('are named all at once', () => {
    expect(problemsOf('aws: 1\nroles: 2').split('\n')).toHaveLength(2);
  });

  it.each([
    'accounts: {"222222222222": {externalId: "se cret"}}',
    'accounts: *secret\n',
    'x: "se cret',
  ])('are never quoted: %s', (text) => {
    expect(problemsOf(text)).not.toMatch(/se ?cret/);
    expect(problemsOf(text)).not.toBe('');
  });

  it('name the variable or the file that an external id should be in', async () => {
    const from = (origin: string) =>
      settingsOf(`accounts: {"222222222222": {externalIdFrom: ${origin}}}`, { ODD: 'se cret' });
    await expect(from('{env: NOWHERE}')).rejects.toThrow('the variable NOWHERE is not set');
    await expect(from('{file: nowhere}')).rejects.toThrow(`${files.folder}/nowhere does not exist`);
    await expect(from('{file: .}')).rejects.toThrow('is a directory');
    await expect(from('{env: ODD}')).rejects.toThrow('the variable ODD holds something else');
    await expect(from('{env: ODD}')).rejects.not.toThrow('se cret');
  });

  it('say when the settings file itself is missing', async () => {
    await expect(readSettings({ SLUICE_SETTINGS: '/nowhere/settings.yaml' })).rejects.toThrow(
      'The settings file /nowhere/settings.yaml, which SLUICE_SETTINGS names, does not exist.',
    );
  });
});
