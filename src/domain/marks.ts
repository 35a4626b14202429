import { defined } from './defined.js';

/**
 * What a deployment writes on the things it makes, so that a later deployment, or a person with
 * nothing but the AWS console, can tell where they came from. A version's description can neither
 * be changed nor lost: it is the safest place AWS offers.
 */
export interface Mark {
  deploymentId: string;
  /** `s3://bucket/key?versionId=…`, where the thing came from a package. */
  packageUri?: string;
}

/** The tag that a created function carries. */
export const FUNCTION_TAG = 'sluice:deployment';

/** AWS accepts descriptions of versions and aliases up to this length. */
const MAX_DESCRIPTION_LENGTH = 256;

/** A description that carries the mark. The package is left out where it would not fit. */
export function markText(mark: Mark): string {
  const short = `sluice deployment=${mark.deploymentId}`;
  const long = mark.packageUri === undefined ? short : `${short} package=${mark.packageUri}`;
  return long.length <= MAX_DESCRIPTION_LENGTH ? long : short;
}

/** The mark in a description, or undefined when there is none. */
export function readMark(description: string | undefined): Mark | undefined {
  const found = /^sluice deployment=(\S+)(?: package=(.+))?$/.exec(description ?? '');
  if (found?.[1] === undefined) return undefined;
  return { deploymentId: found[1], ...defined({ packageUri: found[2] }) };
}
