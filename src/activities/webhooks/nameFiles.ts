import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';

/**
 * The addresses of a hosts file by name, in lower case.
 *
 * Source: hosts(5).
 */
export function hostsIn(content: string): ReadonlyMap<string, LookupAddress[]> {
  const hosts = new Map<string, LookupAddress[]>();
  for (const [address = '', ...names] of linesOf(content)) {
    const family = isIP(address);
    if (family === 0) continue;
    for (const name of names.map((one) => one.toLowerCase())) {
      hosts.set(name, [...(hosts.get(name) ?? []), { address, family }]);
    }
  }
  return hosts;
}

/** How many dots a name needs to be looked up as it is before others are tried. */
const DEFAULT_DOTS = 1;

/**
 * The names to be looked up for a name, one after the other: itself, and itself in each of the
 * domains that a resolver's configuration searches.
 *
 * Source: `search`, `domain` and `ndots` in resolv.conf(5).
 */
export function searchIn(content: string, name: string): string[] {
  const lines = linesOf(content);
  const searched = lines.findLast(([word = '']) => ['search', 'domain'].includes(word)) ?? [];
  const others = searched
    .slice(1)
    .map((domain) => domain.replace(/\.$/, ''))
    .filter((domain) => domain !== '')
    .map((domain) => `${name}.${domain}`);
  const options = lines.filter(([word]) => word === 'options').flat();
  const wanted = options.findLast((option) => /^ndots:\d{1,2}$/.test(option));
  const dots = wanted === undefined ? DEFAULT_DOTS : Number(wanted.slice('ndots:'.length));
  return name.split('.').length > dots ? [name, ...others] : [...others, name];
}

/** The words of each line, without comments. */
function linesOf(content: string): string[][] {
  return content
    .split('\n')
    .map((line) => (line.split(/[#;]/, 1)[0] ?? '').split(/\s+/).filter((word) => word !== ''));
}
