import { lazyClient } from './client/connection.js';
import type { Link } from './client/link.js';
import { createApp } from './gateway/app.js';
import { createDelivery } from './gateway/delivery.js';
import { GatewayMetrics } from './gateway/metrics.js';
import { serveMetrics } from './gateway/metricsServer.js';
import { findNamespace } from './gateway/namespace.js';
import { listenAt, serveUntilStopped } from './gateway/serving.js';
import { createLog } from './process/log.js';
import { TemporalAnswers } from './process/temporalAnswers.js';
import { type ListenAddress, readAddress, readIpAddress } from './settings/address.js';
import type { Environment } from './settings/environment.js';
import { readGatewaySettings } from './settings/gateway.js';
import { messageOf } from './errors.js';
import { readTemporalSettings } from './settings/temporal.js';

export { SluiceError } from './errors.js';

/** How a gateway is run. */
export interface RunGatewayOptions {
  /**
   * Where the settings come from. `sluice gateway --help` lists the variables.
   *
   * @default process.env
   */
  environment?: Environment;
}

const DEFAULT_ADDRESS: ListenAddress = { host: '127.0.0.1', port: 8090 };

/**
 * Runs a gateway, which takes the callbacks of webhooks, until the process is asked to stop (SIGTERM
 * or SIGINT): then it takes no more connections and finishes what is under way. A second signal ends
 * the process at once. Temporal need not be there when it starts. Logs go to stderr, as lines of JSON.
 *
 * @throws SluiceError when it cannot start
 */
export async function runGateway(options: RunGatewayOptions = {}): Promise<void> {
  const environment = options.environment ?? process.env;
  const settings = await readGatewaySettings(environment);
  const temporal = readTemporalSettings(environment);
  const address = readAddress(environment, 'SLUICE_GATEWAY_ADDRESS') ?? DEFAULT_ADDRESS;
  const metricsAddress = readIpAddress(environment, 'SLUICE_METRICS_ADDRESS');

  const log = createLog();
  const metrics = new GatewayMetrics();
  const link: Link = { client: lazyClient(temporal), settings: temporal };
  const answers = new TemporalAnswers(() => findNamespace(link));
  const app = createApp({
    ...{ settings, metrics, log },
    namespace: temporal.namespace,
    deliver: createDelivery(link),
    isReady: () => answers.recently(),
  });
  const metricsServer = metricsAddress && (await serveMetrics(metricsAddress, metrics));
  try {
    const { publicUrl, keys } = settings.callbacks;
    const facts = {
      listensAt: await listenAt(app, address),
      ...{ address: temporal.address, namespace: temporal.namespace, settings: settings.file },
      ...{ publicUrl, keys: keys.map(({ id }) => id) },
    };
    findNamespace(link).catch((error: unknown) => {
      log.warn('Sluice gateway cannot deliver callbacks yet', { reason: messageOf(error) });
    });
    await serveUntilStopped(app, {
      started: () => {
        log.info('Sluice gateway started', facts);
        for (const warning of settings.warnings) log.warn(warning);
      },
      stopping: (signal) => log.info('Sluice gateway stops', { signal }),
    });
  } finally {
    metricsServer?.closeAllConnections();
    metricsServer?.close();
    await link.client.connection.close();
  }
}
