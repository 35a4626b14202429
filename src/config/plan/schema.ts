import { z } from 'zod';
import {
  HTTP_METHODS,
  LOOKBACK_METHODS,
  NETWORK_MODES,
  ON_NO_DATA,
  ROLL_MODES,
  type Plan,
} from '../../domain/plan.js';
import { settingsShape } from '../written/functions.js';
import { name, told } from '../written/words.js';

const text = z.string();
const texts = z.record(text, text);
const milliseconds = told(z.int(), 'whole milliseconds');

const functionPlan = z.strictObject({
  name: text,
  package: z.strictObject({
    bucket: text,
    key: text,
    versionId: text.exactOptional(),
    codeSha256: text.exactOptional(),
  }),
  settings: z.strictObject({ role: text, ...settingsShape }),
  alias: text.exactOptional(),
});

const versionNumber = told(text.regex(/^[1-9]\d*$/), 'the number of a version');

const restorePlan = z.strictObject({
  name: text,
  alias: text.exactOptional(),
  version: versionNumber,
  insteadOf: versionNumber.exactOptional(),
});

const setWeight = z.strictObject({ type: z.literal('setWeight'), weight: z.number() });

const pause = z.strictObject({ type: z.literal('pause'), durationMs: milliseconds });

const approval = z.strictObject({
  type: z.literal('approval'),
  expiresAfterMs: milliseconds.exactOptional(),
  requiresRoles: told(
    z.array(name('the name of a role')).min(1),
    'a list of one or more roles',
  ).exactOptional(),
});

const runWebhook = z.strictObject({
  type: z.literal('runWebhook'),
  webhook: text,
  context: texts,
});

const analysis = z.strictObject({
  type: z.literal('analysis'),
  intervalMs: milliseconds,
  runs: told(z.int(), 'a whole number'),
  queries: told(
    z
      .array(z.strictObject({ query: text, provider: name('the name of a metric provider') }))
      .min(1),
    'a list of queries, each with its provider',
  ),
  rollBackMode: z.enum(ROLL_MODES),
  rollForwardMode: z.enum(ROLL_MODES),
  lookbackMethod: z.enum(LOOKBACK_METHODS),
  abortOnFailedJudgment: z.boolean(),
  context: texts,
});

const beforeStep = z.discriminatedUnion('type', [pause, approval, runWebhook]);
const afterStep = z.discriminatedUnion('type', [pause, approval, runWebhook, analysis]);
const step = z.discriminatedUnion('type', [setWeight, pause, approval, runWebhook, analysis]);

const target = z.strictObject({
  name: text,
  account: text,
  deployRoleArn: text,
  region: text,
  strategy: text,
  dependsOn: z.array(text),
  beforeDeployment: z.array(beforeStep),
  afterDeployment: z.array(afterStep),
  functions: z.array(functionPlan),
  restores: z.array(restorePlan).exactOptional(),
});

const webhook = z.strictObject({
  method: z.enum(HTTP_METHODS),
  uriTemplate: text,
  headers: z.array(z.strictObject({ key: text, value: text })),
  bodyTemplate: text.exactOptional(),
  networkMode: z.enum(NETWORK_MODES),
  agentIdentifier: text.exactOptional(),
  retryCount: told(z.int(), 'a whole number'),
  disableCallback: z.boolean(),
});

const query = z.strictObject({
  template: text,
  upperLimit: z.number().exactOptional(),
  lowerLimit: z.number().exactOptional(),
  onNoData: z.enum(ON_NO_DATA),
});

const goingBack = z.strictObject({
  to: z.enum(['before', 'after', 'again']),
  deploymentId: text,
  comment: z.string().exactOptional(),
});

/** The shape of a plan, for one that comes from outside. */
const plan = z.strictObject({
  schemaVersion: z.literal(1),
  deploymentId: text,
  application: text,
  description: text.exactOptional(),
  goesBack: goingBack.exactOptional(),
  context: texts,
  timeoutMs: milliseconds,
  ifDeploymentInProgress: z.enum(['reject', 'enqueueOne']),
  strictArtifacts: z.boolean().exactOptional(),
  targets: z.array(target),
  strategies: z.record(text, z.strictObject({ steps: z.array(step) })),
  webhooks: z.record(text, webhook),
  queries: z.record(text, query),
});

/** The schema of a plan, for one that comes from outside. */
export const planSchema: z.ZodType<Plan> = plan;

type Fits<Given extends Taken, Taken> = Given;
/** Compiles only while the schema takes everything that a plan can hold. */
export type EveryPlanFits = Fits<Plan, z.output<typeof plan>>;
