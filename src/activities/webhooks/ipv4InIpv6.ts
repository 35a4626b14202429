import { isIP } from 'node:net';

// ipaddr.js would not do: it reads `::8.8.8.8` as `::ffff:8.8.8.8`, which is another address, and
// counts the private 64:ff9b:1::/48 as translated.

/** Eight numbers of 16 bits. */
type Groups = readonly number[];

/**
 * The address that is reached: for an IPv4 address in the form of IPv6 the IPv4 address, and any
 * other address itself.
 */
export function meantBy(address: string): string {
  if (isIP(address) !== 6) return address;
  const groups = groupsOf(address);
  // ::ffff:0:0/96 (RFC 4291) and 64:ff9b::/96, which networks without IPv4 reach it by (RFC 6052).
  const isMapped = beginsWith(groups, [0, 0, 0, 0, 0, 0xffff]);
  const isTranslated = beginsWith(groups, [0x64, 0xff9b, 0, 0, 0, 0]);
  return isMapped || isTranslated ? ipv4(groups, 6) : address;
}

/**
 * The IPv4 addresses that a tunnel or a translator would take from an IPv6 address: 6to4 (RFC 3056),
 * Teredo (RFC 4380), and the last 32 bits as all the others do.
 */
export function ipv4Within(address: string): string[] {
  if (isIP(address) !== 6) return [];
  const groups = groupsOf(address);
  const inverted = groups.map((group) => group ^ 0xffff);
  return [
    ipv4(groups, 6),
    ...(beginsWith(groups, [0x2002]) ? [ipv4(groups, 1)] : []),
    ...(beginsWith(groups, [0x2001, 0]) ? [ipv4(groups, 2), ipv4(inverted, 6)] : []),
  ];
}

/** The URL standard has one form for all the ways to write an address. */
function groupsOf(address: string): Groups {
  const text = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [before = [], after = []] = text.split('::').map(numbersOf);
  const between = Array<number>(8 - before.length - after.length).fill(0);
  return [...before, ...between, ...after];
}

function numbersOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}

function beginsWith(groups: Groups, prefix: Groups): boolean {
  return prefix.every((group, index) => groups[index] === group);
}

function ipv4(groups: Groups, at: number): string {
  const bytes = groups.slice(at, at + 2).flatMap((group) => [group >> 8, group & 0xff]);
  return bytes.join('.');
}
