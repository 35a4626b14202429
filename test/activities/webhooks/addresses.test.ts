import { networkInterfaces } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { AddressGuard } from '../../../src/activities/webhooks/addresses.js';

const guard = new AddressGuard([]);
const NOT_PUBLIC = {
  problem: 'is not a public address',
  remedy: expect.stringContaining('add its range to `network.allow`'),
};

describe('an address', () => {
  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.15.0.1',
    '172.32.0.1',
    '100.63.0.1',
    '100.128.0.1',
    '169.253.0.1',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001::1',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
  ])('of the public internet may be called: %s', (address) => {
    expect(guard.refusal(address)).toBeUndefined();
  });

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.1.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.2.1',
    '198.18.0.1',
    '203.0.113.5',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '::127.0.0.1',
    '::8.8.8.8',
    '::ffff:0:8.8.8.8',
    '64:ff9b::7f00:1',
    '64:ff9b:1::a00:1',
    '64:ff9b:1::8.8.8.8',
    '100::1',
    '5f00::1',
    '2002:7f00:1::',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    '2001:db8::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'ff02::1',
  ])('that is not public may not be called: %s', (address) => {
    expect(guard.refusal(address)).toEqual(NOT_PUBLIC);
  });

  it('may be called when its range is allowed, and only then', () => {
    const some = new AddressGuard(['10.20.0.0/16', 'fd00:1::/32', '127.0.0.1']);
    for (const address of ['10.20.3.4', 'fd00:1::5', '127.0.0.1', '::ffff:10.20.0.1']) {
      expect(some.refusal(address)).toBeUndefined();
    }
    for (const address of ['10.21.0.1', 'fd00:2::5', '127.0.0.2', '::1']) {
      expect(some.refusal(address)).toEqual(NOT_PUBLIC);
    }
  });

  it('of IPv4 is in no range of IPv6, and the other way round', () => {
    const ipv6 = new AddressGuard(['::/0']);
    const ipv4 = new AddressGuard(['0.0.0.0/0']);
    for (const address of ['10.0.0.1', '::ffff:10.0.0.1', '64:ff9b::10.0.0.1']) {
      expect(ipv6.refusal(address)).toEqual(NOT_PUBLIC);
      expect(ipv4.refusal(address)).toBeUndefined();
    }
    expect(ipv6.refusal('fd00::1')).toBeUndefined();
    expect(ipv4.refusal('fd00::1')).toEqual(NOT_PUBLIC);
  });

  it.each([
    '169.254.169.254',
    '169.254.170.2',
    '169.254.170.23',
    '168.63.129.16',
    '100.100.100.200',
    '169.254.0.23',
    '169.254.42.42',
    'fd00:ec2::254',
    'fd00:ec2::23',
    'fd20:ce::254',
    'fe80::a9fe:a9fe',
    'fe80::a9fe:a9fe%eth0',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '::a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b::a9fe:aa17',
    '64:ff9b:1::6464:64c8',
    '2002:a9fe:a9fe::1',
    '2001:0:a9fe:a9fe::1',
    '2001:0:4136:e378:8000:63bf:5601:5601',
  ])('where a cloud gives out credentials may never be called: %s', (address) => {
    const everything = new AddressGuard(['0.0.0.0/0', '::/0']);
    expect(everything.refusal(address)).toEqual({
      problem: 'is where a cloud gives out credentials',
    });
  });

  it('of this machine may not be called, whichever it is', () => {
    const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    expect(own.length).toBeGreaterThan(0);
    for (const { address } of own) {
      expect(guard.refusal(address.split('%')[0] ?? '')).toBeDefined();
    }
  });
});
