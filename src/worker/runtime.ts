import { Runtime } from '@temporalio/worker';
import type { Logger } from '@temporalio/common';
import { cannotListen } from '../process/listening.js';
import { addressText, type ListenAddress } from '../settings/address.js';
import { messageOf } from '../errors.js';

/**
 * Installs the SDK's runtime, which a process has once: its logger, its metrics, and no signal
 * handlers, because the worker has its own.
 *
 * @throws SluiceError `addressInUse` when the metrics cannot be served at their address
 */
export function installRuntime(logger: Logger, metrics: ListenAddress | undefined): void {
  try {
    Runtime.install({
      logger,
      shutdownSignals: [],
      telemetryOptions: {
        logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } },
        ...(metrics && { metrics: { prometheus: { bindAddress: addressText(metrics) } } }),
      },
    });
  } catch (cause) {
    if (metrics === undefined || !/metrics/.test(messageOf(cause))) throw cause;
    throw cannotListen('SLUICE_METRICS_ADDRESS', metrics, cause);
  }
}
