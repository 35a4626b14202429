import type { FastifyInstance } from 'fastify';
import { cannotListen } from '../process/listening.js';
import { onStopSignal } from '../process/signals.js';
import type { ListenAddress } from '../settings/address.js';
import { STOP_GRACE_MS } from './limits.js';

/**
 * Has a gateway listen.
 *
 * @returns where, with the port that the system chose if it had to
 * @throws SluiceError `addressInUse`
 */
export async function listenAt(app: FastifyInstance, address: ListenAddress): Promise<string> {
  try {
    return await app.listen({ ...address });
  } catch (cause) {
    throw cannotListen('SLUICE_GATEWAY_ADDRESS', address, cause);
  }
}

/**
 * Waits for the first signal that asks the process to end, then finishes what is under way.
 *
 * @param started - called when signals are listened to: whoever hears of it may send one
 */
export async function serveUntilStopped(
  app: FastifyInstance,
  { started, stopping }: { started: () => void; stopping: (signal: NodeJS.Signals) => void },
): Promise<void> {
  let leaveSignals = () => {};
  const signal = await new Promise<NodeJS.Signals>((resolve) => {
    leaveSignals = onStopSignal(resolve);
    started();
  });
  stopping(signal);
  // From here on Node.js itself looks no longer for requests that take too long.
  const giveUp = setTimeout(() => app.server.closeAllConnections(), STOP_GRACE_MS);
  await app.close();
  clearTimeout(giveUp);
  leaveSignals();
}
