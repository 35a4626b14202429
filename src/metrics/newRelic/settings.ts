import { z } from 'zod';
import { patterns } from '../../fields/patterns.js';
import { secretFrom } from '../../fields/secretFrom.js';
import { webAddress } from '../../fields/webAddress.js';
import { mapping, must } from '../../fields/wording.js';
import type { ReadSecret } from '../providerType.js';

const ADDRESSES = { us: 'https://api.newrelic.com', eu: 'https://api.eu.newrelic.com' } as const;

export const newRelicSchema = z.strictObject(
  {
    type: z.literal('newRelic'),
    applications: patterns.optional(),
    region: z.enum(['us', 'eu'], must('us or eu')).default('us'),
    /** Another address of its API, such as a proxy's. */
    url: webAddress.optional(),
    accountId: z.int(must('the number of the account')),
    apiKeyFrom: secretFrom,
  },
  mapping,
);

export interface NewRelicSettings {
  type: 'newRelic';
  url: string;
  accountId: number;
  apiKey: string;
}

export async function readNewRelic(
  { type, url, region, accountId, apiKeyFrom }: z.output<typeof newRelicSchema>,
  secret: ReadSecret,
): Promise<NewRelicSettings> {
  const apiKey = await secret('API key', apiKeyFrom);
  return { type, url: url ?? ADDRESSES[region], accountId, apiKey };
}
