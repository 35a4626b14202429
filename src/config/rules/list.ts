import type { Finding } from '../findings.js';
import { aliasWithoutFunction, secondAlias } from './aliases.js';
import * as analysis from './analysis.js';
import { dependencyCycle } from './dependencies.js';
import * as duplicates from './duplicates.js';
import type { Facts } from './facts.js';
import { bucketName, formRules } from './forms.js';
import * as wide from './functionWide.js';
import * as functions from './functions.js';
import * as images from './images.js';
import { keepVersions } from './keepVersions.js';
import * as limits from './limits.js';
import * as names from './names.js';
import { nameInHeader } from './namesInHeaders.js';
import * as networks from './networks.js';
import { packageKey, packagePath } from './packages.js';
import * as packageSettings from './packageSettings.js';
import * as pauses from './pauses.js';
import { uselessTemplate } from './placeholders.js';
import { plainHttp } from './plainHttp.js';
import * as provisioned from './provisioned.js';
import * as references from './references.js';
import { misspeltRegion, packageRegion } from './regions.js';
import { roleAccount, rolePartition } from './roles.js';
import type { Rule } from './rule.js';
import * as runtimes from './runtimes.js';
import { secretName, unfilledSecret } from './secretNames.js';
import { secretLiteral } from './secrets.js';
import * as settings from './settings.js';
import { settingValue } from './settingWords.js';
import * as steps from './steps.js';
import * as templates from './templates.js';
import { templateTooLarge, tooManySecrets } from './templateSize.js';
import { releasedTogether } from './together.js';
import * as togetherSettings from './togetherSettings.js';
import { variableWithoutGate } from './toldGates.js';
import * as unused from './unused.js';
import { missingContext, variableTooEarly } from './uses.js';
import { webhookJson } from './webhookJson.js';
import * as webhooks from './webhooks.js';
import { weightOrder, weightRange, weightWithoutAlias } from './weights.js';

/** Everything that must hold of a deployment whose shape is right. */
export const RULES: readonly Rule[] = [
  names.applicationName,
  names.targetName,
  names.nameForm,
  ...formRules,
  bucketName,
  misspeltRegion,
  images.artifactType,
  packagePath,
  packageKey,
  packageRegion,
  images.imagePath,
  images.imageRegion,
  runtimes.unknownRuntime,
  runtimes.newerRuntime,
  runtimes.blockedRuntime,
  runtimes.uncreatableRuntime,
  runtimes.deprecatedRuntime,
  settings.architectures,
  settings.memorySize,
  settings.functionTimeout,
  settings.tooManyLayers,
  settings.layerRegion,
  settings.reservedVariable,
  settings.environmentSize,
  settings.descriptionLength,
  settings.ephemeralStorage,
  settingValue,
  networks.vpcConfig,
  networks.vpcSize,
  networks.tooManyFileSystems,
  networks.fileSystemVpc,
  networks.s3FilesConfig,
  packageSettings.settingOfZipFiles,
  packageSettings.settingOfImages,
  packageSettings.imageConfig,
  togetherSettings.logLevel,
  togetherSettings.snapStartRuntime,
  togetherSettings.snapStartStorage,
  togetherSettings.settingRegion,
  togetherSettings.keyWithoutEnvironment,
  wide.tagForm,
  wide.tooManyTags,
  wide.reservedConcurrency,
  wide.noInvocations,
  wide.updateRuntimeOn,
  wide.runtimeVersion,
  wide.recursiveLoop,
  keepVersions,
  roleAccount,
  rolePartition,
  duplicates.duplicateTarget,
  duplicates.duplicateStrategy,
  duplicates.duplicateArtifact,
  duplicates.duplicateFunction,
  duplicates.duplicateWebhook,
  duplicates.duplicateQuery,
  references.unknownTarget,
  references.unknownStrategy,
  references.unknownWebhook,
  references.unknownQuery,
  unused.unusedStrategy,
  unused.unusedWebhook,
  unused.unusedQuery,
  dependencyCycle,
  releasedTogether,
  functions.targetWithoutFunction,
  functions.missingSetting,
  functions.artifactWithoutTarget,
  functions.functionWithoutArtifact,
  aliasWithoutFunction,
  secondAlias,
  weightRange,
  weightOrder,
  weightWithoutAlias,
  provisioned.provisionedConcurrency,
  provisioned.provisionedWithoutAlias,
  steps.oneStepPerEntry,
  pauses.pauseForm,
  steps.positiveDuration,
  pauses.pauseDuration,
  pauses.approvalExpiration,
  pauses.shortApproval,
  webhooks.webhookAgent,
  webhooks.webhookBody,
  webhookJson,
  webhooks.headerValue,
  nameInHeader,
  webhooks.retryCount,
  webhooks.callbackNotGiven,
  plainHttp,
  analysis.queryWithoutLimit,
  analysis.limitsCrossed,
  analysis.queryWithoutProvider,
  analysis.judgmentRuns,
  analysis.analysisInterval,
  templateTooLarge,
  tooManySecrets,
  templates.templateSyntax,
  templates.unknownVariable,
  templates.unavailableVariable,
  uselessTemplate,
  missingContext,
  variableTooEarly,
  variableWithoutGate,
  secretName,
  unfilledSecret,
  secretLiteral,
  limits.noTargets,
  limits.tooManyTargets,
  limits.tooManyFunctions,
  steps.tooManySteps,
  limits.deploymentTimeout,
];

/** What the rules find in a deployment, in the order of the rules. */
export function checkRules(facts: Facts, now: Date): Finding[] {
  return RULES.flatMap(({ code, severity = 'error', breaches }) =>
    [...breaches(facts, now)].map((breach) => ({ code, severity, ...breach })),
  );
}
