import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { createAccess } from '../../src/settings/access.js';
import { parseSettings } from '../../src/settings/document.js';
import { files, settingsOf } from './settingsFile.js';

describe('metric providers in the settings', () => {
  it('have their secrets read, and their addresses made', async () => {
    await writeFile(files.path('application-key'), 'the-app-key\n');
    const { metricProviders } = await settingsOf(
      `
metricProviders:
  plain: {type: prometheus, url: "http://prometheus:9090/prefix/"}
  bearer: {type: prometheus, url: "https://p.example.com", bearerTokenFrom: {env: TOKEN}}
  basic:
    type: prometheus
    url: https://p.example.com
    basicAuth: {username: me, passwordFrom: {env: TOKEN}}
  datadog: {type: datadog, apiKeyFrom: {env: TOKEN}, applicationKeyFrom: {file: application-key}}
  datadogEu:
    type: datadog
    site: datadoghq.eu
    apiKeyFrom: {env: TOKEN}
    applicationKeyFrom: {env: TOKEN}
  newRelic: {type: newRelic, accountId: 12, apiKeyFrom: {env: TOKEN}}
  newRelicEu: {type: newRelic, region: eu, accountId: 12, apiKeyFrom: {env: TOKEN}}
  proxied: {type: newRelic, url: "http://proxy", accountId: 12, apiKeyFrom: {env: TOKEN}}
  cloudWatch: {type: cloudWatch}
  elsewhere: {type: cloudWatch, region: eu-west-1, roleArn: "arn:aws:iam::111111111111:role/R"}
`,
      { TOKEN: 's3cret' },
    );
    const newRelic = { type: 'newRelic', accountId: 12, apiKey: 's3cret' };
    const prometheus = { type: 'prometheus', url: 'https://p.example.com' };
    expect(Object.fromEntries(metricProviders)).toEqual({
      plain: { type: 'prometheus', url: 'http://prometheus:9090/prefix' },
      bearer: { ...prometheus, authorization: 'Bearer s3cret' },
      basic: { ...prometheus, authorization: 'Basic bWU6czNjcmV0' },
      datadog: {
        type: 'datadog',
        url: 'https://api.datadoghq.com',
        apiKey: 's3cret',
        applicationKey: 'the-app-key',
      },
      datadogEu: expect.objectContaining({ url: 'https://api.datadoghq.eu' }),
      newRelic: { ...newRelic, url: 'https://api.newrelic.com' },
      newRelicEu: { ...newRelic, url: 'https://api.eu.newrelic.com' },
      proxied: { ...newRelic, url: 'http://proxy' },
      cloudWatch: { type: 'cloudWatch' },
      elsewhere: {
        type: 'cloudWatch',
        region: 'eu-west-1',
        roleArn: 'arn:aws:iam::111111111111:role/R',
      },
    });
  });

  it('say which secret of which provider cannot be read', async () => {
    const text =
      'metricProviders: {dd: {type: datadog, apiKeyFrom: {env: NONE}, applicationKeyFrom: {env: NONE}}}';
    await expect(settingsOf(text)).rejects.toThrow(
      'the API key of the metric provider dd cannot be read: the variable NONE is not set.',
    );
  });

  it.each([
    [
      '{type: graphite}',
      '1:29: metricProviders.a.type must be prometheus, datadog, newRelic or cloudWatch.',
    ],
    ['7', '1:22: metricProviders.a must be a mapping.'],
    ['{type: prometheus}', '1:22: metricProviders.a.url is missing.'],
    [
      '{type: prometheus, url: "http://me:pw@p"}',
      '1:46: metricProviders.a.url must be an http:// or https:// address without user, query and fragment.',
    ],
    [
      '{type: prometheus, url: "http://p", bearerTokenFrom: {env: A}, basicAuth: {username: a, passwordFrom: {env: A}}}',
      '1:22: metricProviders.a must not say both bearerTokenFrom and basicAuth.',
    ],
    [
      '{type: newRelic, accountId: x, apiKeyFrom: {env: A}}',
      '1:50: metricProviders.a.accountId must be the number of the account.',
    ],
  ])('cannot be used: %s', (provider, expected) => {
    expect(() => parseSettings(`metricProviders: {a: ${provider}}`, 'settings.yaml')).toThrow(
      `settings.yaml:${expected}`,
    );
  });
});

describe('secrets in the settings', () => {
  it('are for every application without rules', async () => {
    const access = createAccess(await settingsOf('secrets: {from: []}'));
    expect(access.mayUseSecret('shop', 'token')).toBe(true);
  });

  it('are for the applications that some rule lets use them', async () => {
    const access = createAccess(
      await settingsOf(
        'secrets: {from: [], rules: [{applications: [shop-*], allow: [ci-*, chat]}]}',
      ),
    );
    expect(access.mayUseSecret('shop-web', 'ci-token')).toBe(true);
    expect(access.mayUseSecret('shop-web', 'database')).toBe(false);
    expect(access.mayUseSecret('bank', 'chat')).toBe(false);
  });
});
