import type { Log } from '../process/log.js';
import type { GatewaySettings } from '../settings/gateway.js';
import type { Deliver } from './delivery.js';
import type { GatewayMetrics } from './metrics.js';

/** What a gateway is made of. */
export interface GatewayParts {
  settings: Pick<GatewaySettings, 'callbacks' | 'requestsPerSecond' | 'trustedProxies'>;
  /** The one namespace that it delivers to. */
  namespace: string;
  deliver: Deliver;
  /** Whether callbacks can be delivered at the moment. */
  isReady(): Promise<boolean>;
  metrics: GatewayMetrics;
  log: Log;
}
