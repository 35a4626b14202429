import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { cancellationSignal } from '@temporalio/activity';
import type { PackageLocation } from '../domain/plan.js';
import { activityFailure, isAwsError } from './awsFailure.js';
import { openCodeLink } from './codeLink.js';
import type { SettledFunction } from './reading.js';
import type { Transfer } from './transfer.js';

/**
 * Copies the code of a function to S3, piece by piece as it comes: it may be larger than what a worker
 * has memory for. Nothing is written over, and nothing is there before all of it was as it should be.
 *
 * @param transfer - ends it when its time is up
 */
export async function copyCode(
  s3: S3Client,
  found: SettledFunction,
  { bucket, key }: PackageLocation,
  transfer: Transfer,
): Promise<void> {
  const { CodeSize: bytes = 0, CodeSha256: codeSha256 = '' } = found.Configuration;
  const failing = new AbortController();
  const signal = AbortSignal.any([cancellationSignal(), transfer.signal, failing.signal]);
  const code = await fetchCode(found, signal);
  const body = Readable.from(asExpected(code, { bytes, codeSha256 }, transfer));
  // The AWS SDK would wait for ever for a body that breaks off.
  body.on('error', (error) => failing.abort(error));
  try {
    await s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentLength: bytes,
        ChecksumSHA256: codeSha256,
        IfNoneMatch: '*',
      }),
      { abortSignal: signal },
    );
  } catch (error) {
    if (failing.signal.aborted) throw failing.signal.reason;
    // Somebody was quicker: what is there is looked at afterwards.
    if (!isAwsError(error, 'PreconditionFailed')) throw error;
  } finally {
    body.destroy();
  }
}

function fetchCode(
  { Code }: SettledFunction,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const link = Code?.Location;
  if (link !== undefined) return openCodeLink(link, signal);
  const message = `AWS gives no link to it: ${Code?.Error?.Message ?? 'it gives no reason'}.`;
  throw activityFailure({ code: 'codeNotKept', message }, { retryable: false });
}

/** Keeps the last piece back until it is known that the whole is what it should be. */
async function* asExpected(
  code: AsyncIterable<Uint8Array>,
  { bytes, codeSha256 }: { bytes: number; codeSha256: string },
  transfer: Transfer,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let received = 0;
  let last: Uint8Array | undefined;
  for await (const piece of code) {
    received += piece.length;
    if (received > bytes) break;
    hash.update(piece);
    if (last !== undefined) {
      yield last;
      transfer.moved(last.length);
    }
    last = piece;
  }
  if (received !== bytes || hash.digest('base64') !== codeSha256) {
    throw new Error('what came from behind the package link is not the code that the function has');
  }
  if (last === undefined) return;
  yield last;
  transfer.moved(last.length);
}
