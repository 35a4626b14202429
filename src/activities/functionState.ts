import { createHmac } from 'node:crypto';
import type { AliasConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda';
import { defined } from '../domain/defined.js';
import {
  LATEST,
  type AliasState,
  type FunctionState,
  type Unready,
  type VersionState,
} from '../domain/functions.js';
import { readHolder } from '../domain/marks.js';
import { UNREADABLE, type ObservedSettings } from '../domain/functionSettings.js';
import type { FunctionSettings } from '../domain/plan.js';
import type { FunctionAccess } from './access.js';
import { isImageFunction } from './packageType.js';
import { completed, settingsOf, type Described } from './lambdaSettings.js';

/** Sixty-four bits tell two values of one variable apart. */
const HASH_LENGTH = 16;

/**
 * A hash of each environment value, by which two states can be compared. It could be guessed from,
 * because a history holds the deployment's id: so no activity answers with one (environmentMarks.ts)
 * but of values that the plan itself names.
 */
export function hashEnvironment(
  environment: Record<string, string>,
  deploymentId: string,
): Record<string, string> {
  const hash = (name: string, value: string): string =>
    createHmac('sha256', deploymentId)
      .update(`${name}\0${value}`)
      .digest('hex')
      .slice(0, HASH_LENGTH);
  return Object.fromEntries(
    Object.entries(environment)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, hash(name, value)]),
  );
}

/** A function's configuration without environment values. */
export function functionState(found: Described, deploymentId: string): FunctionState {
  const { Configuration: configuration } = found;
  return {
    revisionId: configuration.RevisionId ?? '',
    codeSha256: configuration.CodeSha256 ?? '',
    ...defined({ codeBytes: configuration.CodeSize }),
    settings: observedSettings(found, deploymentId),
    ...(isImageFunction(found) && {
      image: true as const,
      ...defined({ imageUri: found.Code?.ResolvedImageUri }),
    }),
    ...(hasFailed(configuration) && { failed: true as const }),
  };
}

function hasFailed({ State, LastUpdateStatus }: FunctionConfiguration): boolean {
  return State === 'Failed' || LastUpdateStatus === 'Failed';
}

/**
 * AWS leaves the variables out, and gives an error instead, when the caller may not decrypt them:
 * that is not an empty environment.
 */
function observedEnvironment(
  { Environment }: FunctionConfiguration,
  deploymentId: string,
): Record<string, string> {
  if (Environment?.Error !== undefined) return { [UNREADABLE]: Environment.Error.ErrorCode ?? '' };
  return hashEnvironment(Environment?.Variables ?? {}, deploymentId);
}

function observedSettings(found: Described, deploymentId: string): ObservedSettings {
  const { environment: _, ...settings } = settingsOf(found);
  return { ...settings, environmentHashes: observedEnvironment(found.Configuration, deploymentId) };
}

export function versionState(found: Described, deploymentId: string): VersionState {
  const { Version = '', Description = '' } = found.Configuration;
  return {
    ...functionState(found, deploymentId),
    version: Version,
    description: Description,
    ...defined({ unready: unready(found.Configuration) }),
  };
}

/** Why a version cannot be invoked; undefined where it can. */
export function unready({
  State = 'Active',
  StateReason,
  SnapStart,
}: FunctionConfiguration): Unready | undefined {
  if (State !== 'Pending' && State !== 'Inactive' && State !== 'Failed') return undefined;
  return {
    state: State,
    ...defined({ reason: StateReason }),
    ...(SnapStart?.ApplyOn === 'PublishedVersions' && { snapshot: true as const }),
  };
}

/** An alias as an answer of AWS, which has come just now, describes it. */
export function aliasState(alias: AliasConfiguration): AliasState {
  const { written, holder } = readHolder(alias.Description ?? '');
  return {
    // An alias that names no version serves what is not published.
    version: alias.FunctionVersion ?? LATEST,
    weights: { ...alias.RoutingConfig?.AdditionalVersionWeights },
    revisionId: alias.RevisionId ?? '',
    description: written,
    ...defined({ holder }),
    seenAt: new Date().toISOString(),
  };
}

/** The wanted settings in the form in which the present ones are observed. */
export function wantedSettings(
  settings: Partial<FunctionSettings>,
  { deploymentId, function: name }: Pick<FunctionAccess, 'deploymentId' | 'function'>,
): Partial<ObservedSettings> {
  const { environment, ...rest } = completed(settings, name);
  return {
    ...rest,
    ...(environment !== undefined && {
      environmentHashes: hashEnvironment(environment, deploymentId),
    }),
  };
}
