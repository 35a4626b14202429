import type { Finding } from '../findings.js';
import { aliasWithoutFunction, secondAlias } from './aliases.js';
import { architectures } from './architectures.js';
import { awsNames } from './awsNames.js';
import { dependencyCycle } from './dependencies.js';
import * as duplicates from './duplicates.js';
import type { Facts } from './facts.js';
import * as functions from './functions.js';
import * as limits from './limits.js';
import * as names from './names.js';
import { packageKey, packagePath } from './packages.js';
import * as references from './references.js';
import { roleAccount } from './roles.js';
import type { Rule } from './rule.js';
import { oneStepPerEntry, weightOrder, weightRange } from './weights.js';

/** Everything that must hold of a deployment whose shape is right. */
export const RULES: readonly Rule[] = [
  names.deploymentId,
  names.applicationName,
  names.targetName,
  ...awsNames,
  packagePath,
  packageKey,
  architectures,
  roleAccount,
  duplicates.duplicateTarget,
  duplicates.duplicateStrategy,
  duplicates.duplicateArtifact,
  duplicates.duplicateFunction,
  references.unknownTarget,
  references.unknownStrategy,
  references.unusedStrategy,
  dependencyCycle,
  functions.targetWithoutFunction,
  functions.artifactWithoutTarget,
  functions.functionWithoutArtifact,
  aliasWithoutFunction,
  secondAlias,
  oneStepPerEntry,
  weightRange,
  weightOrder,
  limits.noTargets,
  limits.tooManyTargets,
  limits.tooManyFunctions,
  limits.tooManySteps,
  limits.deploymentTimeout,
  limits.memorySize,
  limits.functionTimeout,
];

/** What the rules find in a deployment, in the order of the rules. */
export function checkRules(facts: Facts): Finding[] {
  return RULES.flatMap(({ code, severity = 'error', breaches }) =>
    [...breaches(facts)].map((breach) => ({ code, severity, ...breach })),
  );
}
