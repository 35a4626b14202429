import type { PackageLocation } from './plan.js';

/**
 * Where replaced code may be kept: a bucket and a folder in it, with no character that would be a
 * pattern in a policy of IAM, and short enough that a key in it is one of S3's.
 */
export const PLACE_OF_REPLACED_CODE =
  /^s3:\/\/(?![^/]*\.\.)[A-Za-z0-9][A-Za-z0-9_.-]{1,61}[A-Za-z0-9]\/(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}\/){1,8}$/;

/** The form in words, as a sentence. */
export const REPLACED_CODE_RULE =
  'Write a bucket and a folder in it, with a slash at the end, like s3://bucket/replaced/, of letters, digits, dots, hyphens and underscores.';

/** The bucket of a place where replaced code is kept; undefined where none can be told. */
export function bucketOf(replacedCode: string | undefined): string | undefined {
  return /^s3:\/\/([^/]+)\//.exec(replacedCode ?? '')?.[1];
}

/**
 * The folder in which the code of one function is kept.
 *
 * @param replacedCode - `s3://bucket/folder/`
 * @returns the bucket, and what the keys of a function's kept code begin with
 */
export function folderOf(
  replacedCode: string,
  functionName: string,
): { bucket: string; prefix: string } {
  const bucket = bucketOf(replacedCode) ?? '';
  return { bucket, prefix: `${replacedCode.slice(`s3://${bucket}/`.length)}${functionName}/` };
}

/**
 * Where some code of a function is kept: by its hash, so that what is there once serves every
 * deployment that replaces it, and never has to be written over.
 *
 * @param codeSha256 - in hexadecimal
 */
export function keptAt(
  replacedCode: string,
  functionName: string,
  codeSha256: string,
): PackageLocation {
  const { bucket, prefix } = folderOf(replacedCode, functionName);
  return { bucket, key: `${prefix}${codeSha256}.zip` };
}
