import { describe, expect, it } from '@jest/globals';
import { amongProxies, clientOf } from '../../src/gateway/clients.js';

describe('whom an address counts as', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8::'],
    ['2001:db8:0:0:ffff::2', '2001:db8::'],
    ['2001:db8:0:1::1', '2001:db8:0:1::'],
    ['', ''],
    ['unknown', 'unknown'],
    ['192.0.2.1:443', '192.0.2.1:443'],
  ])('%j is %j', (address, client) => {
    expect(clientOf(address)).toBe(client);
  });

  it.each(['fe80::1%eth0', '::1%', ':::', '1:2:3:4:5:6:7:8:9', '2001:db8::1/129'])(
    '%j is somebody, whatever it means',
    (address) => {
      expect(typeof clientOf(address)).toBe('string');
    },
  );
});

describe('the proxies in front', () => {
  const isProxy = amongProxies(['10.0.0.0/8', '192.0.2.7', '2001:db8::/32']);

  it.each(['10.1.2.3', '::ffff:10.1.2.3', '192.0.2.7', '2001:db8:1::5'])('are %s', (address) => {
    expect(isProxy(address)).toBe(true);
  });

  it.each(['11.0.0.1', '192.0.2.8', '2001:db9::1', '::1', '', 'unknown', 'fe80::1%eth0'])(
    'are not %j',
    (address) => {
      expect(isProxy(address)).toBe(false);
    },
  );
});
