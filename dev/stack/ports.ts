import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** The one address that the local stack listens on. */
export const LOOPBACK = '127.0.0.1';

/**
 * The port that was asked for, or a free one.
 *
 * @throws Error when another program listens there already
 */
export async function portOrFree(asked: number | undefined, whose: string): Promise<number> {
  const server = createServer();
  try {
    await once(server.listen(asked ?? 0, LOOPBACK), 'listening');
    return (server.address() as AddressInfo).port;
  } catch (cause) {
    throw new Error(
      `Port ${asked} for ${whose} is taken by another program. ` +
        'Choose another port, or name none to get a free one.',
      { cause },
    );
  } finally {
    server.close();
  }
}
