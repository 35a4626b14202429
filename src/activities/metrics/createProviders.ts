import type { ClientCache } from '../clients.js';
import { cloudWatch, type CloudWatchSettings } from './cloudWatch.js';
import { datadog, type DatadogSettings } from './datadog.js';
import { ASK_LIMITS } from './json.js';
import { newRelic, type NewRelicSettings } from './newRelic.js';
import { prometheus, type PrometheusSettings } from './prometheus.js';
import type { Provider } from './provider.js';

/** A metric provider of the worker's settings, with its secrets read. */
export type ProviderSettings =
  PrometheusSettings | DatadogSettings | NewRelicSettings | CloudWatchSettings;

/** The providers of the settings, by the names that deployment files use. */
export function createProviders(
  settings: ReadonlyMap<string, ProviderSettings>,
  clients: ClientCache,
  limits = ASK_LIMITS,
): ReadonlyMap<string, Provider> {
  return new Map(
    [...settings].map(([name, one]) => {
      switch (one.type) {
        case 'prometheus':
          return [name, prometheus(one, limits)];
        case 'datadog':
          return [name, datadog(one, limits)];
        case 'newRelic':
          return [name, newRelic(one, limits)];
        case 'cloudWatch':
          return [name, cloudWatch(one, clients, limits)];
      }
    }),
  );
}
