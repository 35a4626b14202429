import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { ipv4Within, meantBy } from './ipv4InIpv6.js';

/** Where clouds give credentials to whoever asks from inside. Nobody can allow these. */
const METADATA = [
  '169.254.169.254', // AWS, Azure, Google and most others
  '169.254.170.2', // AWS, for containers
  '169.254.170.23', // AWS, for pods
  '169.254.0.23', // Tencent
  '169.254.42.42', // Scaleway
  '168.63.129.16', // Azure
  '100.100.100.200', // Alibaba
  '192.0.0.192', // Oracle
  'fd00:ec2::254', // AWS
  'fd00:ec2::23', // AWS, for pods
  'fd20:ce::254', // Google
  'fd00:c1::a9fe:a9fe', // Oracle
  'fd00:42::42', // Scaleway
  'fe80::a9fe:a9fe', // OpenStack
];

/**
 * Addresses that are not of the public internet.
 *
 * Source: the IANA registries of special-purpose IPv4 and IPv6 addresses, and multicast.
 */
const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
];

/** All of IPv6 that is given out for the public internet, but for what is listed above. */
const PUBLIC_IPV6 = ['2000::/3'];

const HOW_TO_ALLOW =
  'If it may be called, add its range to `network.allow` in the settings file of whoever makes the call.';

export interface Refusal {
  /** The end of a sentence that begins with the address. */
  problem: string;
  /** Absent where nothing can be done. */
  remedy?: string;
}

/**
 * Which addresses may be called: public ones, and those that the settings allow. An IPv4 address in
 * the form of IPv6 counts as what it is.
 */
export class AddressGuard {
  readonly #allowed: Ranges;

  /** @param allowed - ranges such as `10.0.0.0/8`, or single addresses */
  constructor(allowed: readonly string[]) {
    this.#allowed = new Ranges(allowed);
  }

  /** Why an address may not be called; undefined when it may. */
  refusal(written: string): Refusal | undefined {
    const address = meantBy(withoutZone(written));
    if ([address, ...ipv4Within(address)].some((one) => metadata.has(one))) {
      return { problem: 'is where a cloud gives out credentials' };
    }
    if (this.#allowed.has(address)) return undefined;
    if (notPublic.has(address) || (isIP(address) === 6 && !publicIpv6.has(address))) {
      return { problem: 'is not a public address', remedy: HOW_TO_ALLOW };
    }
    // Interfaces come and go while a worker runs.
    if (!new Ranges(ownAddresses()).has(address)) return undefined;
    return { problem: 'is an address of this machine', remedy: HOW_TO_ALLOW };
  }
}

/** Ranges of addresses. Those of IPv6 hold no IPv4 address, unlike those of a BlockList. */
class Ranges {
  readonly #ipv4 = new BlockList();
  readonly #ipv6 = new BlockList();

  constructor(ranges: readonly string[]) {
    for (const range of ranges) {
      const [address = '', bits] = range.split('/');
      const isIpv6 = isIP(address) === 6;
      const most = isIpv6 ? 128 : 32;
      const list = isIpv6 ? this.#ipv6 : this.#ipv4;
      list.addSubnet(address, Number(bits ?? most), isIpv6 ? 'ipv6' : 'ipv4');
    }
  }

  has(address: string): boolean {
    return isIP(address) === 6
      ? this.#ipv6.check(address, 'ipv6')
      : this.#ipv4.check(address, 'ipv4');
  }
}

const metadata = new Ranges(METADATA);
const notPublic = new Ranges(NOT_PUBLIC);
const publicIpv6 = new Ranges(PUBLIC_IPV6);

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).map(({ address }) => withoutZone(address)),
  );
}

/** A link-local address may end with the name of its interface. */
function withoutZone(address: string): string {
  return address.split('%')[0] ?? '';
}
