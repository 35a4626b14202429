import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { readImageUri } from '../domain/images.js';
import type { FunctionAccess } from './access.js';
import type { CodeSource } from './codeSource.js';
import { imageGone } from './gone.js';
import type { SettledFunction } from './reading.js';
import type { Tools } from './tools.js';

/** What is known of where some old code of a function is. */
export interface OldCode {
  /** The version, or `$LATEST`, that has it. */
  version: SettledFunction | undefined;
  /** What it was made of, where that is recorded. */
  packageUri: string | undefined;
}

/**
 * The image that old code of a function is, by its digest: whatever its tag names by now, AWS fetches
 * that one itself.
 *
 * @throws ApplicationFailure `notRestored` where it is not known, or ECR has it no more
 */
export async function oldImage(
  tools: Tools,
  access: FunctionAccess,
  { version, packageUri = '' }: OldCode,
  codeSha256: string,
): Promise<CodeSource> {
  const resolved = version?.Code?.ResolvedImageUri;
  const uri = [resolved, packageUri].find((one) => readImageUri(one ?? '')?.digest === codeSha256);
  if (uri === undefined) throw imageGone(access, codeSha256, undefined);
  await assertImageThere(tools, access, uri);
  return { ImageUri: uri };
}

/**
 * Refuses what ECR says it does not have, before Lambda is asked, which would have to be asked for
 * minutes: it says the same of an image that it does not know yet.
 */
export async function assertImageThere(
  tools: Tools,
  access: FunctionAccess,
  uri: string,
): Promise<void> {
  if (!(await isGone(tools, access, uri))) return;
  throw imageGone(access, readImageUri(uri)?.digest ?? '', uri);
}

/** Whether ECR has an image no more. Where it does not tell, Lambda has to. */
export async function isGone(tools: Tools, access: FunctionAccess, uri: string): Promise<boolean> {
  const location = readImageUri(uri);
  if (location?.digest === undefined) return false;
  try {
    return (await tools.images(access, location.registryId).describe(uri)) === undefined;
  } catch (error) {
    if (error instanceof CancelledFailure) throw error;
    return error instanceof ApplicationFailure && error.type === 'packageNotFound';
  }
}
