import type { FastifyInstance } from 'fastify';
import { CallbackReader } from './callbacks/reader.js';
import { connectClient } from './client/connection.js';
import { createDelivery } from './gateway/deliver.js';
import { createGateway, type Answered } from './gateway/createGateway.js';
import { GatewayHealth } from './gateway/health.js';
import { createLog } from './gateway/log.js';
import { GatewayMetrics } from './gateway/metrics.js';
import { cannotListen } from './process/listening.js';
import { onStopSignal } from './process/signals.js';
import { addressText, type ListenAddress, readAddress, readIpAddress } from './settings/address.js';
import type { Environment } from './settings/environment.js';
import { readSettings, type Settings } from './settings/settings.js';
import { SluiceError } from './settings/sluiceError.js';
import { readTemporalSettings } from './settings/temporal.js';

export { SluiceError } from './settings/sluiceError.js';

const DEFAULT_ADDRESS: ListenAddress = { host: '127.0.0.1', port: 8090 };

export interface RunGatewayOptions {
  /**
   * Where the settings come from. `sluice gateway --help` lists the variables.
   *
   * @default process.env
   */
  environment?: Environment;
}

/**
 * Runs a gateway until the process is asked to stop (SIGTERM or SIGINT): then it takes no more
 * requests and answers those that it has. A second signal ends the process at once. Logs go to
 * stderr, as lines of JSON.
 *
 * @throws SluiceError when it cannot start
 */
export async function runGateway(options: RunGatewayOptions = {}): Promise<void> {
  const environment = options.environment ?? process.env;
  const settings = await readSettings(environment);
  const callbacks = callbacksOf(settings);
  const temporal = readTemporalSettings(environment);
  const address = readAddress(environment, 'SLUICE_GATEWAY_ADDRESS') ?? DEFAULT_ADDRESS;
  const metricsAddress = readIpAddress(environment, 'SLUICE_METRICS_ADDRESS');

  const log = createLog();
  const metrics = new GatewayMetrics();
  const client = await connectClient(temporal);
  const health = new GatewayHealth(client);
  const metricsServer = metricsAddress && (await metrics.serve(metricsAddress));
  const answered = ({ status, ms, ...rest }: Answered): void => {
    metrics.answered(status, ms);
    log('Callback', { status, ms, ...rest });
  };
  try {
    const app = await createGateway({
      namespace: temporal.namespace,
      publicPath: new URL(callbacks.publicUrl).pathname.replace(/\/$/, ''),
      reader: new CallbackReader(callbacks.keys),
      deliver: createDelivery(client),
      ready: () => health.ready(),
      ...settings.gateway,
      answered,
    });
    await listen(app, address);
    log('Sluice gateway started', {
      address: boundAddress(app, address),
      publicUrl: callbacks.publicUrl,
      temporal: temporal.address,
      namespace: temporal.namespace,
    });
    await untilAskedToStop((signal) => {
      log('Sluice gateway stops', { signal });
      health.stopping();
    });
    await app.close();
  } finally {
    metricsServer?.close();
    await client.connection.close();
  }
}

function callbacksOf({ callbacks, file }: Settings): NonNullable<Settings['callbacks']> {
  if (callbacks !== undefined) return callbacks;
  const where = file === undefined ? 'There is no settings file' : `${file} has no \`callbacks\``;
  throw new SluiceError(
    'invalidSettings',
    `${where}, so the gateway does not know where it is reached and which keys sign its ` +
      'addresses. Name a settings file with `callbacks` in SLUICE_SETTINGS.',
  );
}

async function listen(app: FastifyInstance, address: ListenAddress): Promise<void> {
  try {
    await app.listen({ host: address.host, port: address.port });
  } catch (cause) {
    throw cannotListen('SLUICE_GATEWAY_ADDRESS', address, cause);
  }
}

function boundAddress(app: FastifyInstance, address: ListenAddress): string {
  const bound = app.server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : address.port;
  return addressText({ ...address, port });
}

function untilAskedToStop(told: (signal: NodeJS.Signals) => void): Promise<void> {
  return new Promise((resolve) => {
    // It stays to hear a second signal.
    onStopSignal((signal) => {
      told(signal);
      resolve();
    });
  });
}
