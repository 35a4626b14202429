import { defined } from './defined.js';
import { nameProblem } from './naming.js';

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

/** AWS accepts descriptions of versions and aliases up to this length (API reference of Lambda). */
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

/** The target of a deployment that splits an alias's traffic. */
export interface Holder {
  application: string;
  target: string;
  deploymentId: string;
}

/** Names have no quotation marks, so this cannot stand within one. */
const HOLDER_BEGINS = '[sluice application="';
const HOLDER =
  /^\[sluice application="([^"]+)" target="([^"]+)" deployment=([A-Za-z0-9-]{1,64})\]$/;

/**
 * An alias's description while a deployment splits its traffic: what people have written there, and
 * behind it whose the split is. It is written with the weights, in one request, so neither is ever
 * there without the other, whichever answer is lost and whichever process is killed. Where there is
 * no room for it, what people have written stays as it is.
 *
 * @param description - without a holder
 */
export function withHolder(
  description: string,
  { application, target, deploymentId }: Holder,
): string {
  const mark = `${HOLDER_BEGINS}${application}" target="${target}" deployment=${deploymentId}]`;
  const marked = description === '' ? mark : `${description} ${mark}`;
  return marked.length <= MAX_DESCRIPTION_LENGTH ? marked : description;
}

/** What people have written in an alias's description, and whose its split is, where it says so. */
export function readHolder(description: string): { written: string; holder?: Holder } {
  const begin = description.lastIndexOf(HOLDER_BEGINS);
  if (begin < 0) return { written: description };
  const [, application = '', target = '', deploymentId = ''] =
    HOLDER.exec(description.slice(begin)) ?? [];
  // Anybody who may write there may write anything: only what could be a name is believed.
  const isHolder =
    nameProblem(application, 'application') === undefined &&
    nameProblem(target, 'target') === undefined;
  if (!isHolder) return { written: description };
  const written = description.slice(0, begin).replace(/ $/, '');
  return { written, holder: { application, target, deploymentId } };
}
