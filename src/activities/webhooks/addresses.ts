import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/**
 * Where clouds give credentials to whoever asks from inside: AWS (instances, containers, pods),
 * Azure, Alibaba, Oracle. Nobody can allow these.
 */
const METADATA = [
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  'fd00:ec2::254',
  'fd00:ec2::23',
  '168.63.129.16',
  '100.100.100.200',
  '192.0.0.192',
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

/** Which addresses may be called: public ones, and those that the settings allow. */
export class AddressGuard {
  readonly #allowed: BlockList;

  /** @param allowed - ranges such as `10.0.0.0/8`, or single addresses */
  constructor(allowed: readonly string[]) {
    this.#allowed = listOf(allowed);
  }

  /** Why an address may not be called, as the end of a sentence; undefined when it may. */
  refusal(address: string): string | undefined {
    if (has(metadata, address)) return 'is where a cloud gives out credentials';
    if (has(this.#allowed, address)) return undefined;
    if (has(notPublic, address) || (isIP(address) === 6 && !has(publicIpv6, address))) {
      return 'is not a public address';
    }
    // Interfaces come and go while a worker runs.
    return has(listOf(ownAddresses()), address) ? 'is an address of this machine' : undefined;
  }
}

const metadata = listOf(METADATA);
const notPublic = listOf(NOT_PUBLIC);
const publicIpv6 = listOf(PUBLIC_IPV6);

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = familyOf(address);
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** An IPv4 address in the form of IPv6 (`::ffff:127.0.0.1`) counts as what it is. */
function has(list: BlockList, address: string): boolean {
  return list.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((all) =>
    // A link-local address may end with the name of its interface.
    (all ?? []).map(({ address }) => address.split('%')[0] ?? ''),
  );
}
