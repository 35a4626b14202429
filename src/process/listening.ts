import type { Server } from 'node:net';
import { addressText, type ListenAddress } from '../settings/address.js';
import { messageOf, SluiceError } from '../errors.js';

/** What Node and the SDK's Rust call each problem, and what there is to say about it. */
const PROBLEMS: readonly (readonly [cause: RegExp, text: string])[] = [
  [/EADDRINUSE|in use/i, 'the address is in use. Stop what listens there, or choose another port.'],
  [/EACCES|permission denied/i, 'this user may not. Choose a port above 1023.'],
  [
    /EADDRNOTAVAIL|cannot assign/i,
    'this machine has no such address. Choose one that it has, or 0.0.0.0 for all of them.',
  ],
  [/ENOTFOUND/, 'the name cannot be resolved. Write an IP address, like 127.0.0.1.'],
];

/**
 * Has a server listen.
 *
 * @param variable - the name of the environment variable that holds the address
 * @returns where it listens, with the port that the system chose if it had to
 * @throws SluiceError `addressInUse`
 */
export async function listen(
  server: Server,
  address: ListenAddress,
  variable: string,
): Promise<ListenAddress> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(cannotListen(variable, address, cause)));
    server.listen(address.port, address.host, resolve);
  });
  const bound = server.address();
  return { ...address, port: typeof bound === 'object' && bound ? bound.port : address.port };
}

/** Nothing can listen at the address that a variable holds. */
export function cannotListen(variable: string, address: ListenAddress, cause: unknown) {
  const message = messageOf(cause);
  const [, problem] = PROBLEMS.find(([pattern]) => pattern.test(message)) ?? [];
  return new SluiceError(
    'addressInUse',
    `Nothing can listen at ${variable}, ${addressText(address)}: ` +
      (problem ?? `${message}. Choose another address.`),
    { cause },
  );
}
