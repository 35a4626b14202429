import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { GetObjectCommand, type GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { defined } from '../domain/defined.js';
import type { Failure } from '../domain/failures.js';
import {
  isImage,
  packageReplaced,
  packageUri,
  type PinnedPackage,
  type PinnedZip,
} from '../domain/packages.js';
import type { PlannedPackage, PlannedZip } from '../domain/plan.js';
import type { TargetAccess } from '../domain/target.js';
import { activityFailure } from './awsFailure.js';
import { pinImage } from './pinImage.js';
import { transferFailure } from './slowLink.js';
import type { Tools } from './tools.js';
import { STALLED_AFTER_MS, Transfer } from './transfer.js';
import { translateAwsError } from './translate.js';

/** A package to pin, and the role and region with which Lambda will read it. */
export interface PinRequest extends TargetAccess {
  package: PlannedPackage;
}

export type PinResult = { pinned: PinnedPackage } | { failure: Failure };

/**
 * Fixes packages to what they are now: zip files to their bytes, images to their digests. What fails for good is an answer, because the other
 * targets of the deployment can still go on; what may pass is tried again.
 */
export function pinPackages(tools: Tools) {
  return async function pinPackages(requests: PinRequest[]): Promise<PinResult[]> {
    return Promise.all(requests.map((request) => pinOne(tools, request)));
  };
}

async function pinOne(tools: Tools, request: PinRequest): Promise<PinResult> {
  try {
    return { pinned: await pin(tools, request) };
  } catch (error) {
    const translated = translateAwsError(
      error,
      { ...request, doing: `read ${packageUri(request.package)}` },
      activityInfo().attempt,
    );
    if (translated instanceof ApplicationFailure && translated.nonRetryable === true) {
      return { failure: translated.details?.[0] as Failure };
    }
    throw translated;
  }
}

async function pin(
  tools: Tools,
  { package: planned, ...access }: PinRequest,
): Promise<PinnedPackage> {
  return isImage(planned) ? pinImage(tools, access, planned) : pinZip(tools, access, planned);
}

async function pinZip(tools: Tools, access: TargetAccess, planned: PlannedZip): Promise<PinnedZip> {
  const { bucket, key } = planned;
  const transfer = new Transfer(undefined, { stalledAfterMs: STALLED_AFTER_MS });
  try {
    const object = await tools.clientsFor(access).s3.send(
      new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        VersionId: planned.versionId,
        ChecksumMode: 'ENABLED',
      }),
      { abortSignal: AbortSignal.any([cancellationSignal(), transfer.signal]) },
    );
    const codeSha256 = await sha256Of(object, transfer);
    assertAsPlanned(planned, codeSha256, access);
    // Buckets whose versioning is suspended give the version id "null", which is not a fixed version.
    const versionId = object.VersionId === 'null' ? undefined : object.VersionId;
    return { bucket, key, codeSha256, ...defined({ versionId, bytes: object.ContentLength }) };
  } catch (error) {
    const doing = `read ${packageUri(planned)}`;
    throw transferFailure(error, transfer, access, { doing, moved: 'received' });
  } finally {
    transfer.end();
  }
}

/** A plan may say which bytes it means. */
function assertAsPlanned(planned: PlannedZip, codeSha256: string, { target }: TargetAccess): void {
  if (planned.codeSha256 === undefined || planned.codeSha256 === codeSha256) return;
  throw activityFailure(packageReplaced(planned, target), { retryable: false });
}

/** S3 knows the hash of objects that were uploaded with one; the others have to be read. */
async function sha256Of(object: GetObjectCommandOutput, transfer: Transfer): Promise<string> {
  const body = object.Body as Readable;
  if (object.ChecksumSHA256 !== undefined && object.ChecksumType === 'FULL_OBJECT') {
    body.destroy();
    return object.ChecksumSHA256;
  }
  const hash = createHash('sha256');
  for await (const chunk of body) {
    hash.update(chunk as Uint8Array);
    transfer.moved((chunk as Uint8Array).length);
  }
  return hash.digest('base64');
}
