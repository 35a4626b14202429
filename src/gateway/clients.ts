import { BlockList, isIP } from 'node:net';
import rateLimit from '@fastify/rate-limit';

/**
 * Whom an address counts as: an IPv4 address as itself, also in the form of IPv6, and an IPv6 network
 * of 64 bits as one. What is no address, such as that of a client that has gone already, counts as
 * itself.
 */
export function clientOf(address: string): string {
  return normalized(address, 64);
}

/**
 * Makes what says whether an address is one of some proxies.
 *
 * @param ranges - addresses, or ranges such as `10.0.0.0/8`
 */
export function amongProxies(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (written) => {
    const address = normalized(written, 128);
    const family = isIP(address);
    return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
  };
}

/** @param bits - of an IPv6 address that count */
function normalized(address: string, bits: number): string {
  try {
    return rateLimit.normalizeIP(address, bits);
  } catch {
    return address;
  }
}
