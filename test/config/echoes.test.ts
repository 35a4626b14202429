import { describe, expect, it } from '@jest/globals';
import { codes, SHOP, shopWith } from './support.js';

const TRAFFIC = 'trafficManagement:\n  - targets: [production]\n';
const BODY = `    bodyTemplate:
      inline: |
        {"callback": "{{armory.callbackUri}}/callback", "team": "{{context.team}}"}
`;

describe('a mistake', () => {
  it.each<[name: string, text: string, code: string]>([
    ['provider options under another name', shopWith('  lambda:\n', '  lamda:\n'), 'unknown-key'],
    [
      'a list of targets that is a text',
      shopWith('- target: staging', '- targets: staging'),
      'wrong-type',
    ],
    [
      'traffic of another kind',
      SHOP.replace(/trafficManagement:\n(?: .*\n)+/, 'trafficManagement: 5\n'),
      'wrong-type',
    ],
    [
      'targets of traffic as text',
      shopWith(TRAFFIC, TRAFFIC.replace('[production]', 'production')),
      'wrong-type',
    ],
    [
      'traffic under another name',
      shopWith('trafficManagement:', 'trafficManagment:'),
      'unknown-key',
    ],
    ['aliases under another name', shopWith('    alias:\n', '    aliases:\n'), 'unknown-key'],
    [
      'a body that is text',
      shopWith(BODY, '    bodyTemplate: "{{armory.callbackUri}}"\n'),
      'wrong-type',
    ],
    [
      'an address under another name',
      shopWith('uriTemplate: https://ci', 'uriTemplat: https://ci'),
      'unknown-key',
    ],
    [
      'no callback under another name',
      shopWith('disableCallback', 'disableCallbak'),
      'unknown-key',
    ],
    [
      'a mode of the network of another kind',
      shopWith('networkMode: remoteNetworkAgent', 'networkMode: remote'),
      'wrong-value',
    ],
    [
      'an agent of another kind',
      shopWith('agentIdentifier: datacentre', 'agentIdentifier: [a]'),
      'wrong-type',
    ],
    [
      'a provider under another name',
      shopWith('defaultMetricProviderName', 'defaultMetricProvider'),
      'unknown-key',
    ],
    ['a limit under another name', shopWith('upperLimit: 0.5', 'uperLimit: 0.5'), 'unknown-key'],
    ['an approval under another name', shopWith('untilApproved', 'untilAproved'), 'unknown-key'],
    [
      'a duration under another name',
      shopWith('{duration: 5, unit', '{durations: 5, unit'),
      'unknown-key',
    ],
    [
      'a context under another name',
      shopWith('context: {channel', 'contexts: {channel'),
      'unknown-key',
    ],
    [
      'a constraint under another name',
      shopWith('afterDeployment', 'afterDeploymnt'),
      'unknown-key',
    ],
  ])('is told, and nothing that only follows from it: %s', (_name, text, code) => {
    expect(codes(text)).toEqual([code]);
  });
});
