import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { readGatewaySettings } from '../../src/settings/gateway.js';
import { files, written } from './settingsFile.js';

const SECRET = 'a key of 32 characters and more...';

async function settingsOf(text: string) {
  return readGatewaySettings({ SLUICE_SETTINGS: await written(text), KEY: SECRET });
}

const CALLBACKS = `
callbacks:
  publicUrl: https://sluice.example.com/hooks/
  keys: [{id: first, secretFrom: {env: KEY}}]
`;

describe("a gateway's settings", () => {
  it('are the callbacks, with defaults for the rest', async () => {
    expect(await settingsOf(CALLBACKS)).toEqual({
      file: files.path('settings.yaml'),
      callbacks: {
        publicUrl: 'https://sluice.example.com/hooks',
        keys: [{ id: 'first', secret: SECRET }],
      },
      requestsPerSecond: 50,
      trustedProxies: [],
      warnings: [],
    });
  });

  it('say how many requests it takes, and which proxies are in front', async () => {
    const gateway = 'gateway: {requestsPerSecond: 5, trustedProxies: [10.0.0.0/8, "fd00::1"]}';
    expect(await settingsOf(CALLBACKS + gateway)).toMatchObject({
      requestsPerSecond: 5,
      trustedProxies: ['10.0.0.0/8', 'fd00::1'],
    });
  });

  it('need none of the secrets that are for workers', async () => {
    const others = `
accounts: {"222222222222": {externalIdFrom: {env: NOWHERE}}}
metricProviders: {prod: {type: prometheus, url: "http://p", bearerTokenFrom: {file: nowhere}}}
`;
    expect(await settingsOf(CALLBACKS + others)).toHaveProperty('callbacks');
  });
});

describe("a gateway's settings that cannot be used", () => {
  it.each([
    ['gateway: {requestsPerSecond: 0}', 'requestsPerSecond must be a whole number above 0.'],
    ['gateway: {requestsPerSecond: 1.5}', 'requestsPerSecond must be a whole number above 0.'],
    [
      'gateway: {trustedProxies: [10.0.0.0/33]}',
      'trustedProxies.0 must be a range of addresses such as 10.0.0.0/8 or fd00::/8.',
    ],
    ['gateway: {trustedProxies: true}', 'trustedProxies must be a list.'],
    ['gateway: {trustProxy: true}', 'has no setting named "trustProxy".'],
  ])('%s', async (text, expected) => {
    await expect(settingsOf(CALLBACKS + text)).rejects.toThrow(expected);
  });

  it('have no callbacks', async () => {
    await expect(settingsOf('roles: []')).rejects.toThrow(
      /needs the settings `callbacks`, but the settings file .*settings.yaml has none\. Give it the callbacks/,
    );
  });

  it('are not named', async () => {
    await expect(readGatewaySettings({})).rejects.toMatchObject({
      code: 'invalidSettings',
      message: expect.stringContaining(
        'SLUICE_SETTINGS names no settings file. Give it the callbacks',
      ),
    });
  });

  it('have a key that can be guessed, which is not told', async () => {
    await writeFile(files.path('key'), 'too short');
    await expect(settingsOf(CALLBACKS.replace('env: KEY', 'file: key'))).rejects.toThrow(
      /the callback key first .*\/key holds something else \(a key has at least 32 characters\)\.$/,
    );
  });
});
