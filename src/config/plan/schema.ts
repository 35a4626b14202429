import { z } from 'zod';
import { GOING_BACK } from '../../domain/goingBack.js';
import {
  HTTP_METHODS,
  LOOKBACK_METHODS,
  NETWORK_MODES,
  ON_NO_DATA,
  ROLL_MODES,
  type Plan,
} from '../../domain/plan.js';
import * as fields from '../written/fields.js';
import { wideShape } from '../written/functionWide.js';
import { provisionedConcurrency, settingsShape } from '../written/functions.js';
import { told } from '../written/words.js';
import * as own from './ownFields.js';

const text = z.string();
const texts = z.record(text, text);
const milliseconds = told(z.int(), 'whole milliseconds');

const functionWide = z.strictObject({
  ...wideShape,
  reservedConcurrency: told(
    z.union([z.int(), z.literal('none')]),
    'a whole number from 0 on, or none',
  ).exactOptional(),
});

const zipFile = z.strictObject({
  bucket: text,
  key: text,
  versionId: own.objectVersion.exactOptional(),
  codeSha256: own.codeSha256.exactOptional(),
});

const image = z.strictObject({ imageUri: text, codeSha256: own.imageDigest.exactOptional() });

const functionPlan = z.strictObject({
  name: fields.functionName,
  package: z.union([zipFile, image]),
  settings: z.strictObject({ role: fields.executionRoleArn, ...settingsShape }),
  functionWide: functionWide.exactOptional(),
  alias: fields.aliasName.exactOptional(),
  replacedCode: fields.replacedCode.exactOptional(),
  provisionedConcurrency,
  keepVersions: fields.keepVersions.exactOptional(),
});

const restorePlan = z.strictObject({
  name: fields.functionName,
  alias: fields.aliasName.exactOptional(),
  version: own.versionNumber,
  insteadOf: own.versionNumber.exactOptional(),
  replacedCode: fields.replacedCode.exactOptional(),
});

const setWeight = z.strictObject({ type: z.literal('setWeight'), weight: z.number() });

const pause = z.strictObject({ type: z.literal('pause'), durationMs: milliseconds });

const approval = z.strictObject({
  type: z.literal('approval'),
  expiresAfterMs: milliseconds.exactOptional(),
  requiresRoles: fields.roleNames.exactOptional(),
});

const runWebhook = z.strictObject({
  type: z.literal('runWebhook'),
  webhook: fields.webhookName,
  context: texts,
});

const analysis = z.strictObject({
  type: z.literal('analysis'),
  intervalMs: milliseconds,
  runs: told(z.int(), 'a whole number'),
  queries: told(
    z.array(z.strictObject({ query: fields.queryName, provider: fields.providerName() })).min(1),
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
  name: fields.targetName,
  account: fields.account,
  deployRoleArn: fields.deployRoleArn,
  region: fields.region,
  strategy: fields.strategyName,
  dependsOn: z.array(fields.targetName),
  beforeDeployment: z.array(beforeStep),
  afterDeployment: z.array(afterStep),
  functions: z.array(functionPlan),
  restores: z.array(restorePlan).exactOptional(),
});

const webhook = z.strictObject({
  method: z.enum(HTTP_METHODS),
  uriTemplate: fields.webhookUri,
  headers: z.array(fields.header),
  bodyTemplate: text.exactOptional(),
  networkMode: z.enum(NETWORK_MODES),
  agentIdentifier: fields.agentIdentifier.exactOptional(),
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
  to: z.enum(GOING_BACK),
  deploymentId: own.deploymentId,
  comment: own.comment.exactOptional(),
});

/** The shape of a plan, for one that comes from outside. */
const plan = z.strictObject({
  schemaVersion: z.literal(1),
  deploymentId: own.deploymentId,
  application: fields.applicationName,
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
