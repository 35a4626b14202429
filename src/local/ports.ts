import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { SluiceError } from '../settings/sluiceError.js';

/** The one address that what is started on this machine listens on. */
export const LOOPBACK = '127.0.0.1';

/**
 * The port that was asked for, or a free one.
 *
 * @throws SluiceError `addressInUse` when nothing can listen there
 */
export async function portOrFree(asked: number | undefined, whose: string): Promise<number> {
  const server = createServer();
  try {
    await once(server.listen(asked ?? 0, LOOPBACK), 'listening');
    return (server.address() as AddressInfo).port;
  } catch (cause) {
    const isForbidden = (cause as NodeJS.ErrnoException).code === 'EACCES';
    const problem = isForbidden ? 'is not for this user' : 'is taken by another program';
    throw new SluiceError(
      'addressInUse',
      `Port ${asked} for ${whose} ${problem}. Choose another port, or name none to get a free one.`,
      { cause },
    );
  } finally {
    server.close();
  }
}
