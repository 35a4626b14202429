import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { hostsIn, searchIn } from './nameFiles.js';

/**
 * All addresses of a host, each with its family.
 *
 * @param signal - when nobody waits for them any more
 */
export type Resolve = (host: string, signal: AbortSignal) => Promise<LookupAddress[]>;

/** Where names are looked up. */
export interface NameSources {
  /** @default /etc/hosts */
  hostsFile?: string;
  /** @default /etc/resolv.conf */
  configuration?: string;
  /** `address:port`. By default those of the system's configuration. */
  servers?: readonly string[];
}

/** Of one question to one server: it is asked twice, and waited for twice as long then. */
const PATIENCE = { timeout: 2000, tries: 2 };

/** There is no such name, or it has no address of the kind. Source: "Error codes" of node:dns. */
const NONE = ['ENOTFOUND', 'ENODATA'];

/**
 * Makes what looks names up in the hosts file and in DNS, as the system's configuration says. The
 * system's own function for it would hold one of the process's four threads for as long as a name
 * server is silent, and everything that reads a file or looks up a name waits for these.
 */
export function createResolve({
  hostsFile = '/etc/hosts',
  configuration = '/etc/resolv.conf',
  servers,
}: NameSources = {}): Resolve {
  return async (host, signal) => {
    const name = host.replace(/\.$/, '');
    const known = hostsIn(contentOf(hostsFile)).get(name.toLowerCase());
    if (known !== undefined) return known;
    signal.throwIfAborted();
    const resolver = new Resolver(PATIENCE);
    if (servers !== undefined) resolver.setServers(servers);
    const cancel = (): void => resolver.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      for (const one of host.endsWith('.') ? [name] : searchIn(contentOf(configuration), name)) {
        const addresses = await addressesOf(resolver, one);
        if (addresses.length > 0) return addresses;
      }
    } finally {
      signal.removeEventListener('abort', cancel);
    }
    throw new Unresolved('ENOTFOUND');
  };
}

/** It has the codes of the system's own function. */
class Unresolved extends Error {
  constructor(readonly code: 'ENOTFOUND' | 'EAI_AGAIN') {
    super('the name is not resolved');
  }
}

/** Of both families at once. One that is not answered keeps nobody from the other's addresses. */
async function addressesOf(resolver: Resolver, name: string): Promise<LookupAddress[]> {
  const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const found = answers.flatMap((answer, index) =>
    answer.status === 'rejected'
      ? []
      : answer.value.map((address) => ({ address, family: index === 0 ? 4 : 6 })),
  );
  const isUnknown = answers.some(
    (answer) =>
      answer.status === 'rejected' && !NONE.includes((answer.reason as { code: string }).code),
  );
  if (found.length === 0 && isUnknown) throw new Unresolved('EAI_AGAIN');
  return found;
}

/** In this thread: those that read files otherwise may all wait for something. */
function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
