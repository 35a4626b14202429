import type { Logger } from '@temporalio/common';
import type { NativeConnection, Worker } from '@temporalio/worker';
import { onStopSignal } from '../process/signals.js';
import { addressText, readAddress, readIpAddress } from '../settings/address.js';
import type { Environment } from '../settings/environment.js';
import { readSettings, type Settings } from '../settings/settings.js';
import { messageOf, SluiceError } from '../errors.js';
import { readTemporalSettings } from '../settings/temporal.js';
import { connectWorker } from './connection.js';
import type { WorkerParts } from './createWorker.js';
import { serveHealth } from './health.js';
import { createLogger } from './logger.js';
import { installRuntime } from './runtime.js';
import { WorkerHealth } from './workerHealth.js';

/** What tells a worker from an agent. */
export interface Kind {
  /** `Sluice worker`. */
  name: string;
  create(connection: NativeConnection, parts: WorkerParts): Promise<Worker>;
  /** What the log says when it has started. */
  facts(settings: Settings): Record<string, string>;
  /** Told when it takes work and listens to signals. */
  started?(): void;
}

/** Runs a worker or an agent until the process is asked to stop. */
export async function runUntilStopped(environment: Environment, kind: Kind): Promise<void> {
  const settings = await readSettings(environment);
  const temporal = readTemporalSettings(environment);
  const logger = createLogger();
  installRuntime(logger, readIpAddress(environment, 'SLUICE_METRICS_ADDRESS'));

  const health = new WorkerHealth(temporal);
  const healthAddress = readAddress(environment, 'SLUICE_HEALTH_ADDRESS');
  const server = healthAddress && (await serveHealth(healthAddress, health));
  if (server) logger.info('Health is served', { address: addressText(server.address) });
  try {
    await connectAndRun({ settings, environment, temporal, health, logger, kind });
  } finally {
    server?.close();
  }
}

interface Parts extends WorkerParts {
  health: WorkerHealth;
  logger: Logger;
  kind: Kind;
}

async function connectAndRun(parts: Parts): Promise<void> {
  const { temporal, health, kind } = parts;
  const connection = await connectWorker(temporal);
  try {
    const worker = await kind.create(connection, parts);
    health.started({ worker, connection });
    await run(worker, parts);
  } finally {
    // A worker that had to be given up holds its connection for as long as the process lives.
    await connection.close().catch(() => undefined);
  }
}

/** Whoever reads that it has started may stop it, so it says so when it listens to signals. */
async function run(worker: Worker, parts: Parts): Promise<void> {
  const { health, logger, kind } = parts;
  const ignoreSignals = onStopSignal((signal) => {
    logger.info(`${kind.name} stops`, { signal });
    health.stopping();
    worker.shutdown();
  });
  try {
    logger.info(`${kind.name} started`, factsOf(worker, parts));
    for (const warning of parts.settings.warnings) logger.warn(warning);
    kind.started?.();
    await worker.run();
  } catch (cause) {
    throw new SluiceError('workerFailed', `The worker stopped: ${messageOf(cause)}.`, { cause });
  } finally {
    ignoreSignals();
  }
}

function factsOf(worker: Worker, { temporal, settings, kind }: Parts): Record<string, unknown> {
  return {
    address: temporal.address,
    namespace: temporal.namespace,
    taskQueue: worker.options.taskQueue,
    settings: settings.file ?? 'none',
    ...kind.facts(settings),
  };
}
