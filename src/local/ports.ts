import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { SluiceError } from '../errors.js';

/** The one address that what is started on this machine listens on. */
export const LOOPBACK = '127.0.0.1';

/** How often a program is started that finds its free port taken: somebody else was quicker. */
const MAX_STARTS = 3;

/**
 * Starts a program that looks for free ports itself, again where one was taken before it listened.
 *
 * @param taken - part of what it says then
 */
export async function startOnFreePorts<Program>(
  taken: string,
  start: () => Promise<Program>,
): Promise<Program> {
  for (let starts = 1; ; starts++) {
    try {
      return await start();
    } catch (error) {
      const isTaken = error instanceof Error && error.message.includes(taken);
      if (!isTaken || starts === MAX_STARTS) throw error;
    }
  }
}

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
