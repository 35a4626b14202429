import { describe, expect, it } from '@jest/globals';
import { readGatewaySettings } from '../../src/settings/gateway.js';
import { settingsOf, written } from './settingsFile.js';

const environment = { KEY: 'a key of 32 characters and more...' };

async function warningsOf(text: string): Promise<readonly string[]> {
  return (await settingsOf(text, environment)).warnings;
}

const callbacks = (publicUrl: string) =>
  `callbacks: {publicUrl: "${publicUrl}", keys: [{id: one, secretFrom: {env: KEY}}]}`;

describe('settings with which secrets can be read on their way', () => {
  it('warn of an address for callbacks that begins with http, to whoever reads them', async () => {
    const expected = [
      'callbacks.publicUrl: whoever has the address of a callback can answer it, and what is sent to http://sluice.example.com can be read on its way. Let it begin with https.',
    ];
    const text = callbacks('http://sluice.example.com');
    expect(await warningsOf(text)).toEqual(expected);
    const path = await written(text);
    const { warnings } = await readGatewaySettings({ ...environment, SLUICE_SETTINGS: path });
    expect(warnings).toEqual(expected);
  });

  it.each([
    ['{type: prometheus, url: "http://p", bearerTokenFrom: {env: KEY}}', 'http://p'],
    [
      '{type: prometheus, url: "http://10.0.0.1:9090", basicAuth: {username: me, passwordFrom: {env: KEY}}}',
      'http://10.0.0.1:9090',
    ],
    [
      '{type: datadog, url: "http://proxy", apiKeyFrom: {env: KEY}, applicationKeyFrom: {env: KEY}}',
      'http://proxy',
    ],
    ['{type: newRelic, url: "http://proxy", accountId: 1, apiKeyFrom: {env: KEY}}', 'http://proxy'],
  ])('warn of a metric provider: %s', async (provider, url) => {
    expect(await warningsOf(`metricProviders: {prod: ${provider}}`)).toEqual([
      `metricProviders.prod has a secret, and what is sent to ${url} can be read on its way. Let it begin with https.`,
    ]);
  });

  it.each([
    callbacks('https://sluice.example.com'),
    callbacks('http://127.0.0.1:8090'),
    callbacks('http://localhost:8090/sluice'),
    callbacks('http://[::1]:8090'),
    'metricProviders: {prod: {type: prometheus, url: "http://p"}}',
    'metricProviders: {prod: {type: prometheus, url: "https://p", bearerTokenFrom: {env: KEY}}}',
    'roles: []',
  ])('are not those with https, within one machine, or without a secret: %s', async (text) => {
    expect(await warningsOf(text)).toEqual([]);
  });
});
