const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Whether what is sent to an address can be read on its way: it goes over HTTP without TLS, and leaves
 * the machine.
 *
 * @param address - or the template of one
 */
export function canBeReadOnItsWay(address: string): boolean {
  const [, host] = /^http:\/\/([^/?#]*)/i.exec(address) ?? [];
  return host !== undefined && !LOOPBACK.test(host.replace(/:\d{1,5}$/, ''));
}
