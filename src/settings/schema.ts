import { isIP } from 'node:net';
import { z } from 'zod';
import { EXTERNAL_ID, EXTERNAL_ID_RULE } from '../domain/externalIds.js';
import { nameProblem, normalName } from '../domain/naming.js';
import { patterns } from '../fields/patterns.js';
import { secretFrom } from '../fields/secretFrom.js';
import { webAddress } from '../fields/webAddress.js';
import { mapping, must } from '../fields/wording.js';
import { providerSchema } from '../metrics/registry.js';

/** The requests a second that a worker sends to Lambda in one account and region. */
export const DEFAULT_REQUESTS_PER_SECOND = 15;

/** What a settings file may hold, as it is written. */
export type WrittenSettings = z.output<typeof settingsSchema>;
export type WrittenAccount = z.output<typeof account>;

/** These applications may use these: roles, secrets or agents. */
export type AccessRule = z.output<typeof rule>;

/** The webhooks of these applications may call these addresses, too. */
export type AddressRule = z.output<typeof addressRule>;
export type WrittenCallbacks = z.output<typeof callbacks>;
export type SecretSettings = z.output<typeof secrets>;
export type GatewayLimits = z.output<typeof gateway>;

const account = z
  .strictObject(
    {
      externalId: z
        .string({ error: 'must be text: put it in quotes' })
        .regex(EXTERNAL_ID, { error: `is not an external id: ${EXTERNAL_ID_RULE}` })
        .optional(),
      externalIdFrom: secretFrom.optional(),
    },
    mapping,
  )
  .refine(
    (written) => (written.externalId === undefined) !== (written.externalIdFrom === undefined),
    { error: 'must say either externalId or externalIdFrom' },
  );

const rule = z.strictObject({ applications: patterns, allow: patterns }, mapping);

/** It stands in every address, which clients and proxies may take only so long. */
const keyId = z.string(must('text')).regex(/^[\w.-]{1,64}$/, {
  error: 'must be 1 to 64 letters, digits, dots, hyphens or underscores',
});

/** How callbacks of webhooks reach this installation. */
const callbacks = z.strictObject(
  {
    /** Where the gateway is reached from outside. */
    publicUrl: webAddress,
    /** The first signs new addresses; addresses that any of them signed are accepted. */
    keys: z
      .array(z.strictObject({ id: keyId, secretFrom }, mapping), must('a list'))
      .min(1, { error: 'must not be empty' })
      .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, {
        error: 'must have different ids',
      }),
  },
  mapping,
);

const addressRange = z
  .string(must('a range of addresses such as 10.0.0.0/8'))
  .refine(isAddressRange, { error: 'must be a range of addresses such as 10.0.0.0/8 or fd00::/8' });

function isAddressRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const most = { 4: 32, 6: 128 }[isIP(address)];
  if (most === undefined || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
}

const secretSource = z
  .strictObject(
    {
      environment: z
        .strictObject(
          { prefix: z.string(must('text')).min(1, { error: 'must not be empty' }) },
          mapping,
        )
        .optional(),
      directory: z.string(must('a path')).min(1, { error: 'must not be empty' }).optional(),
      awsSecretsManager: z
        .strictObject(
          { region: z.string(must('an AWS region')), prefix: z.string(must('text')).default('') },
          mapping,
        )
        .optional(),
    },
    mapping,
  )
  .refine((source) => Object.values(source).filter((one) => one !== undefined).length === 1, {
    error: 'must say one of environment, directory and awsSecretsManager',
  });

/** Where `{{secrets.…}}` come from, and which applications may use which. */
const secrets = z.strictObject(
  {
    /** Asked in this order; the first that has the secret gives it. */
    from: z.array(secretSource, must('a list')),
    /** Absent: every application may use every secret. */
    rules: z.array(rule, must('a list')).optional(),
  },
  mapping,
);

const addressRule = z.strictObject(
  { applications: patterns, allow: z.array(addressRange, must('a list')) },
  mapping,
);

/** Where webhooks may be called that are not public: those of every application, and of some. */
const network = z.strictObject(
  {
    allow: z.array(addressRange, must('a list')).default([]),
    rules: z.array(addressRule, must('a list')).default([]),
  },
  mapping,
);

/** What a gateway takes from whom. */
const gateway = z.strictObject(
  {
    /** From one address; an IPv6 network of 64 bits counts as one. */
    requestsPerSecond: z
      .int(must('a whole number above 0'))
      .positive({ error: 'must be a whole number above 0' })
      .default(50),
    /** The proxies and load balancers in front: whose address they forward is believed them. */
    trustedProxies: z.array(addressRange, must('a list')).default([]),
  },
  mapping,
);

const region = z.string(must('an AWS region')).regex(/^[a-z]{2,4}(-[a-z]{1,12}){1,3}-\d{1,2}$/, {
  error: 'must be an AWS region, such as us-east-1',
});

/** How the worker calls AWS. */
const aws = z.strictObject(
  {
    requestsPerSecond: z
      .number(must('a number above 0'))
      .positive({ error: 'must be a number above 0' })
      .default(DEFAULT_REQUESTS_PER_SECOND),
    /** The region whose STS is asked for roles. Absent: that of the target. */
    stsRegion: region.optional(),
    /** Absent: as the environment of the AWS SDK says. */
    useDualstackEndpoint: z.boolean(must('true or false')).optional(),
    useFipsEndpoint: z.boolean(must('true or false')).optional(),
  },
  mapping,
);

const providerName = z.string().refine((name) => problemOf(name) === undefined, {
  error: ({ input }) => `is no name for a metric provider: it ${problemOf(String(input))}`,
});

function problemOf(name: string): string | undefined {
  return nameProblem(normalName(name), 'provider');
}

function isUnambiguous(named: object): boolean {
  const names = Object.keys(named);
  return new Set(names.map(normalName)).size === names.length;
}

export const settingsSchema = z.strictObject(
  {
    accounts: z
      .record(
        z.string().regex(/^\d{12}$/, { error: 'must be an account id of twelve digits' }),
        account,
        must('a mapping from account ids'),
      )
      .default({}),
    roles: z.array(rule, must('a list')).optional(),
    agents: z.array(rule, must('a list')).optional(),
    aws: aws.default({ requestsPerSecond: DEFAULT_REQUESTS_PER_SECOND }),
    callbacks: callbacks.optional(),
    secrets: secrets.optional(),
    network: network.optional(),
    gateway: gateway.prefault({}),
    metricProviders: z
      .record(providerName, providerSchema, must('a mapping from names'))
      .refine(isUnambiguous, { error: 'must have different names' })
      .default({}),
  },
  mapping,
);
