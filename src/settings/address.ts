import { isIP } from 'node:net';
import { type Environment, variable } from './environment.js';
import { SluiceError } from '../errors.js';

/** Where a process listens. */
export interface ListenAddress {
  host: string;
  /** 0 lets the system choose. */
  port: number;
}

/**
 * The address in an environment variable: `host:port`, an IPv6 host in square brackets.
 *
 * @returns undefined when the variable is not set
 * @throws SluiceError `invalidSettings` when it is not an address
 */
export function readAddress(environment: Environment, name: string): ListenAddress | undefined {
  const value = variable(environment, name);
  if (value === undefined) return undefined;
  const [, v6, plain, port] = /^(?:\[([^\]]+)\]|([^:\s]+)):(\d{1,5})$/.exec(value) ?? [];
  const host = v6 ?? plain;
  if (host === undefined || Number(port) > 65_535) {
    throw new SluiceError(
      'invalidSettings',
      `${name} is "${value}", which is not host:port. Write it like 127.0.0.1:8080.`,
    );
  }
  return { host, port: Number(port) };
}

/** As {@link readAddress}, for what listens at an IP address only. */
export function readIpAddress(environment: Environment, name: string): ListenAddress | undefined {
  const address = readAddress(environment, name);
  if (address === undefined) return undefined;
  if (address.host === 'localhost') return { ...address, host: '127.0.0.1' };
  if (isIP(address.host) !== 0) return address;
  throw new SluiceError(
    'invalidSettings',
    `${name} names the host "${address.host}", but it needs an IP address, like 127.0.0.1 or 0.0.0.0.`,
  );
}

/** `host:port`, an IPv6 host in square brackets. */
export function addressText({ host, port }: ListenAddress): string {
  return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}
