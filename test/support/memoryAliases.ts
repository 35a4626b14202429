import type {
  CreateAliasInput,
  UpdateAliasInput,
  UpdatedAlias,
} from '../../src/activities/aliases.js';
import { done, moved, type RemovalResult } from '../../src/activities/results.js';
import { sameShape, type AliasState } from '../../src/domain/functions.js';
import { markText } from '../../src/domain/marks.js';
import type { MemoryFunction } from './memoryFunction.js';
import {
  aliasAt,
  assertPossible,
  differs,
  foreign,
  isOf,
  left,
  shape,
  sole,
} from './memoryRules.js';

/** Called where something is written; gives the revision that it becomes. */
type Write = () => string;

export function createAlias(
  { aliases }: MemoryFunction,
  input: CreateAliasInput,
  write: Write,
): AliasState {
  const existing = aliases.get(input.alias);
  if (existing !== undefined) {
    if (isOf(existing, input) && sameShape(existing, sole(input.version))) {
      return existing;
    }
    throw foreign(`The alias ${input.alias} is somebody else's.`);
  }
  const description = markText({ deploymentId: input.deploymentId });
  const made = aliasAt(input.version, { revisionId: write(), description });
  aliases.set(input.alias, made);
  return made;
}

export function updateAlias(
  found: MemoryFunction,
  input: UpdateAliasInput,
  write: Write,
): UpdatedAlias {
  const alias = found.aliases.get(input.alias);
  if (alias === undefined) throw new Error(`there is no alias ${input.alias}`);
  if (input.latest !== undefined && differs(found.latest, input.latest)) {
    return { ...moved(alias), foreign: found.latest };
  }
  const stays = alias.revisionId === input.fence;
  const isShaped = JSON.stringify(shape(alias)) === JSON.stringify(input.shape);
  const isToldSo = input.split === true || alias.holder === undefined;
  if (isShaped && isToldSo && !stays) return done(alias);
  if (alias.revisionId !== input.revisionId) return moved(alias);
  assertPossible(found, input.shape);
  const { holder: _, ...before } = alias;
  const revisionId = write();
  const { application, target, deploymentId } = input;
  const holder = input.split && { holder: { application, target, deploymentId } };
  const updated = { ...before, ...input.shape, revisionId, ...holder };
  found.aliases.set(input.alias, updated);
  return done(updated);
}

export function removeAlias(
  found: MemoryFunction | undefined,
  input: CreateAliasInput,
  write: Write,
): RemovalResult {
  const aliases = found?.aliases;
  const alias = aliases?.get(input.alias);
  if (aliases === undefined || alias === undefined) return { result: 'removed' };
  if (!isOf(alias, input)) return { result: 'left', reason: 'it is not ours', ours: false };
  if (!sameShape(alias, sole(input.version))) return left('it was changed');
  write();
  aliases.delete(input.alias);
  return { result: 'removed' };
}
