import type { Logger } from '@temporalio/common';
import type { Worker } from '@temporalio/worker';
import { TASK_QUEUE } from './domain/names.js';
import { addressText, readAddress, readIpAddress } from './settings/address.js';
import type { Environment } from './settings/environment.js';
import { readSettings } from './settings/settings.js';
import { messageOf, SluiceError } from './settings/sluiceError.js';
import { readTemporalSettings } from './settings/temporal.js';
import { findBundle } from './worker/bundle.js';
import { connectWorker } from './worker/connection.js';
import { createWorker, type WorkerParts } from './worker/createWorker.js';
import { serveHealth } from './worker/health.js';
import { createLogger } from './worker/logger.js';
import { installRuntime } from './worker/runtime.js';
import { onStopSignal } from './worker/signals.js';
import { WorkerHealth } from './worker/workerHealth.js';

export { SluiceError } from './settings/sluiceError.js';

export interface RunWorkerOptions {
  /**
   * Where the settings come from. `sluice worker --help` lists the variables.
   *
   * @default process.env
   */
  environment?: Environment;
  /**
   * The bundled workflows.
   *
   * @default the bundle that the package's build made
   */
  workflowBundlePath?: string;
}

/**
 * Runs a worker until the process is asked to stop (SIGTERM or SIGINT): then it takes no more work
 * and finishes what it has. A second signal ends the process at once. Once per process, because the
 * SDK's runtime is installed for the whole of it. Logs go to stderr, as lines of JSON.
 *
 * @throws SluiceError when it cannot start, or had to stop
 */
export async function runWorker(options: RunWorkerOptions = {}): Promise<void> {
  const environment = options.environment ?? process.env;
  const settings = await readSettings(environment);
  const temporal = readTemporalSettings(environment);
  const codePath = options.workflowBundlePath ?? (await findBundle());
  const logger = createLogger();
  installRuntime(logger, readIpAddress(environment, 'SLUICE_METRICS_ADDRESS'));

  const health = new WorkerHealth(temporal);
  const healthAddress = readAddress(environment, 'SLUICE_HEALTH_ADDRESS');
  const server = healthAddress && (await serveHealth(healthAddress, health));
  if (server) logger.info('Health is served', { address: addressText(server.address) });
  try {
    await connectAndRun({ settings, environment, temporal, codePath, health, logger });
  } finally {
    server?.close();
  }
}

interface Parts extends WorkerParts {
  health: WorkerHealth;
  logger: Logger;
}

async function connectAndRun(parts: Parts): Promise<void> {
  const { temporal, health, logger, settings } = parts;
  const connection = await connectWorker(temporal);
  try {
    const worker = await createWorker(connection, parts);
    health.started({ worker, connection });
    const { address, namespace } = temporal;
    logger.info('Sluice worker started', {
      ...{ address, namespace, taskQueue: TASK_QUEUE },
      settings: settings.file ?? 'none',
      roles: settings.roles === undefined ? 'every role is allowed' : 'limited by the settings',
    });
    await runUntilStopped(worker, parts);
  } finally {
    // A worker that had to be given up holds its connection for as long as the process lives.
    await connection.close().catch(() => undefined);
  }
}

async function runUntilStopped(worker: Worker, { health, logger }: Parts): Promise<void> {
  const ignoreSignals = onStopSignal((signal) => {
    logger.info('Sluice worker stops', { signal });
    health.stopping();
    worker.shutdown();
  });
  try {
    await worker.run();
  } catch (cause) {
    throw new SluiceError('workerFailed', `The worker stopped: ${messageOf(cause)}.`, { cause });
  } finally {
    ignoreSignals();
  }
}
