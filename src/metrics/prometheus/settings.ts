import { z } from 'zod';
import { patterns } from '../../fields/patterns.js';
import { secretFrom } from '../../fields/secretFrom.js';
import { webAddress } from '../../fields/webAddress.js';
import { mapping, must } from '../../fields/wording.js';
import type { ReadSecret } from '../providerType.js';

export const prometheusSchema = z
  .strictObject(
    {
      type: z.literal('prometheus'),
      url: webAddress,
      applications: patterns.optional(),
      bearerTokenFrom: secretFrom.optional(),
      basicAuth: z
        .strictObject({ username: z.string(must('text')), passwordFrom: secretFrom }, mapping)
        .optional(),
    },
    mapping,
  )
  .refine(
    ({ bearerTokenFrom, basicAuth }) => bearerTokenFrom === undefined || basicAuth === undefined,
    { error: 'must not say both bearerTokenFrom and basicAuth' },
  );

export interface PrometheusSettings {
  type: 'prometheus';
  url: string;
  /** The value of the Authorization header. */
  authorization?: string;
}

export async function readPrometheus(
  { type, url, bearerTokenFrom, basicAuth }: z.output<typeof prometheusSchema>,
  secret: ReadSecret,
): Promise<PrometheusSettings> {
  if (bearerTokenFrom !== undefined) {
    return { type, url, authorization: `Bearer ${await secret('bearer token', bearerTokenFrom)}` };
  }
  if (basicAuth === undefined) return { type, url };
  const password = await secret('password', basicAuth.passwordFrom);
  const pair = Buffer.from(`${basicAuth.username}:${password}`).toString('base64');
  return { type, url, authorization: `Basic ${pair}` };
}
