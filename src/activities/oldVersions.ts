import { DeleteFunctionCommand } from '@aws-sdk/client-lambda';
import { oldVersions } from '../domain/oldVersions.js';
import type { PreflightWarning } from '../domain/preflight.js';
import type { FunctionAccess } from './access.js';
import { attachedTo } from './attached.js';
import type { LambdaApi } from './lambdaApi.js';
import type { ReadPastRuns } from './otherRuns.js';
import { unlessRefused } from './preflight/checking.js';
import { deletionPermission } from './preflight/deployPermissions.js';
import { versionsInUse, type VersionsInUse } from './publishedVersions.js';
import { findFunction } from './reading.js';
import type { RemovalResult } from './results.js';
import type { Tools } from './tools.js';

export interface FindOldVersionsInput extends FunctionAccess {
  /** How many of the newest are kept. */
  keep: number;
  /** What serves, and what there is to go back to. */
  kept: string[];
  /** At most so many are found. */
  limit: number;
}

export interface OldVersions {
  /** The oldest first. */
  versions: string[];
  /** There are more. */
  isMore: boolean;
  /** Of a plan: what would keep them where they are. Absent where nothing would. */
  warnings?: PreflightWarning[];
}

/**
 * Finds the published versions that may be deleted: neither among the newest, nor named by an alias,
 * by provisioned concurrency, by an event source or by a permission, nor by a run of the target that
 * Temporal remembers, which may be rolled back, or gone back to. What other applications have deployed
 * to the function is told by age alone. For a plan, IAM is asked whether the deploy role may delete what
 * was found. Writes nothing.
 */
export function findOldVersions(tools: Tools, readPastRuns: ReadPastRuns) {
  return async function findOldVersions(input: FindOldVersionsInput): Promise<OldVersions> {
    const found = await find(input);
    const [oldest] = found.versions;
    if (input.preflight !== true || oldest === undefined) return found;
    const { warnings } = await unlessRefused('permissions', () =>
      deletionPermission(tools.identity(input), oldest),
    );
    return { ...found, ...(warnings.length > 0 && { warnings }) };
  };

  async function find(input: FindOldVersionsInput): Promise<OldVersions> {
    const api = tools.lambda(input);
    const inUse = await versionsInUse(api);
    // Mostly there are none, and Temporal need not be asked.
    if (withAge(inUse, input, 0).length === 0) return { versions: [], isMore: false };
    const { rememberedMs, versions: remembered } = await readPastRuns(input);
    for (const version of remembered) inUse.named.add(version);
    const versions: string[] = [];
    for (const version of withAge(inUse, input, rememberedMs)) {
      if ((await attachedTo(api, version)).length > 0) continue;
      if (versions.length >= input.limit) return { versions, isMore: true };
      versions.push(version);
    }
    return { versions, isMore: false };
  }
}

function withAge(
  { published, named }: VersionsInUse,
  { keep, kept }: FindOldVersionsInput,
  rememberedMs: number,
): string[] {
  const all = new Set([...named, ...kept]);
  return oldVersions(published, { keep, named: all, rememberedMs, now: Date.now() });
}

export interface RemoveVersionInput extends FunctionAccess {
  version: string;
  /** How many of the newest are kept. */
  keep: number;
}

/**
 * Deletes a published version, which cannot be taken back: so whatever may have changed since it was
 * found is looked at again. A number is never given twice, so a request that arrives late deletes
 * nothing else.
 */
export function removeVersion(tools: Tools) {
  return async function removeVersion(input: RemoveVersionInput): Promise<RemovalResult> {
    const api = tools.lambda(input);
    const { version, function: name } = input;
    if ((await findFunction(api, version)) === undefined) return { result: 'removed' };
    const reason = await reasonToKeep(api, input);
    if (reason !== undefined) return { result: 'left', reason, ours: false };
    await api.mutate(`delete version ${version} of ${name}`, (client, options) =>
      client.send(new DeleteFunctionCommand({ FunctionName: name, Qualifier: version }), options),
    );
    return { result: 'removed' };
  };
}

async function reasonToKeep(
  api: LambdaApi,
  { version, keep }: RemoveVersionInput,
): Promise<string | undefined> {
  const { published, named } = await versionsInUse(api);
  if (named.has(version)) return 'an alias or provisioned concurrency names it';
  const newer = published.filter((one) => Number(one.version) > Number(version));
  if (newer.length < keep) return `it is one of the newest ${keep}`;
  const attached = await attachedTo(api, version);
  return attached.length === 0 ? undefined : `it has ${attached.join(', ')}`;
}
