import { z } from 'zod';
import { patterns } from '../../fields/patterns.js';
import { secretFrom } from '../../fields/secretFrom.js';
import { webAddress } from '../../fields/webAddress.js';
import { mapping, must } from '../../fields/wording.js';
import type { ReadSecret } from '../providerType.js';

export const datadogSchema = z.strictObject(
  {
    type: z.literal('datadog'),
    applications: patterns.optional(),
    /** Such as datadoghq.eu. */
    site: z.string(must("Datadog's site, such as datadoghq.eu")).default('datadoghq.com'),
    /** Another address of its API, such as a proxy's. */
    url: webAddress.optional(),
    apiKeyFrom: secretFrom,
    applicationKeyFrom: secretFrom,
  },
  mapping,
);

export interface DatadogSettings {
  type: 'datadog';
  url: string;
  apiKey: string;
  applicationKey: string;
}

export async function readDatadog(
  written: z.output<typeof datadogSchema>,
  secret: ReadSecret,
): Promise<DatadogSettings> {
  return {
    type: written.type,
    url: written.url ?? `https://api.${written.site}`,
    apiKey: await secret('API key', written.apiKeyFrom),
    applicationKey: await secret('application key', written.applicationKeyFrom),
  };
}
