import { z } from 'zod';
import type { Issue } from '../fields/wording.js';
import { cloudWatch } from './cloudWatch/index.js';
import { datadog } from './datadog/index.js';
import { ASK_LIMITS } from './limits.js';
import { newRelic } from './newRelic/index.js';
import { prometheus } from './prometheus/index.js';
import type { Provider } from './provider.js';
import type { AwsClients, ProviderType, ReadSecret } from './providerType.js';

/** The types of providers that there are, each by the `type` of its settings. */
const TYPES = { prometheus, datadog, newRelic, cloudWatch };

type Types = (typeof TYPES)[keyof typeof TYPES];

/** A metric provider, as the settings file writes it. */
export type WrittenProvider = z.output<Types['schema']>;

/** A metric provider of the settings, with its secrets read. */
export type ProviderSettings = Awaited<ReturnType<Types['read']>>;

export const PROVIDER_TYPES = Object.keys(TYPES);

const schemas = Object.values(TYPES).map(({ schema }) => schema);
const names = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(PROVIDER_TYPES);

export const providerSchema = z.discriminatedUnion(
  'type',
  schemas as [Types['schema'], ...Types['schema'][]],
  {
    error: ({ code }: Issue) =>
      code === 'invalid_union' ? `must be ${names}` : 'must be a mapping',
  },
);

export function readProvider(
  written: WrittenProvider,
  secret: ReadSecret,
): Promise<ProviderSettings> {
  return typeOf(written).read(written, secret);
}

/** The providers of the settings, by the names that deployment files use. */
export function createProviders(
  settings: ReadonlyMap<string, ProviderSettings>,
  clients: AwsClients,
  limits = ASK_LIMITS,
): ReadonlyMap<string, Provider> {
  return new Map(
    [...settings].map(([name, one]) => [name, typeOf(one).create(one, { clients, limits })]),
  );
}

/** It is given its own settings only: both go by `type`. */
function typeOf({
  type,
}: Pick<ProviderSettings, 'type'>): ProviderType<WrittenProvider, ProviderSettings> {
  return TYPES[type];
}
