import type { Provider } from '../provider.js';
import type { ProviderTools } from '../providerType.js';
import { fitIntoQuery } from './fitting.js';
import { cloudWatchSchema, type CloudWatchSettings } from './settings.js';

export const cloudWatch = {
  schema: cloudWatchSchema,
  /** It has no secrets: a role is all that it needs. */
  read: (written: CloudWatchSettings) => Promise.resolve(written),
  create(settings: CloudWatchSettings, tools: ProviderTools): Provider {
    return {
      encoder: fitIntoQuery,
      async ask(question) {
        // Whoever reads settings loads this file, and the AWS SDK takes its time to load.
        const { askCloudWatch } = await import('./client.js');
        return askCloudWatch(question, settings, tools);
      },
    };
  },
};
