import type { Readable } from 'node:stream';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { activityInfo } from '@temporalio/activity';
import { defined } from '../../domain/defined.js';
import { isImage, packageUri, type PinnedPackage, type PinnedZip } from '../../domain/packages.js';
import type { Findings } from '../../domain/preflight.js';
import type { FunctionAccess } from '../access.js';
import { transferFailure } from '../slowLink.js';
import type { Tools } from '../tools.js';
import { STALLED_AFTER_MS, Transfer } from '../transfer.js';
import { translateAwsError } from '../translate.js';
import { NOTHING, problem } from './checking.js';
import { findDirectory, isZip64, TAIL_LENGTH, unpackedSize } from './zipDirectory.js';

/** What Lambda takes of a function's code when it is unpacked, with its layers, in bytes. */
const MAX_UNPACKED = 250 * 1024 * 1024;

/** The largest directory that is read, in bytes: some hundred thousand files. */
const MAX_DIRECTORY = 32 * 1024 * 1024;

/**
 * What Lambda takes of an image when it is unpacked, in bytes:
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const MAX_IMAGE = 10 * 1024 * 1024 * 1024;

/**
 * Looks at the end of a package for how large it is when it is unpacked. It is read by its version,
 * as Lambda will read it. Of an image it is known how large it is packed.
 */
export async function packageSize(
  tools: Tools,
  access: FunctionAccess,
  pinned: PinnedPackage,
): Promise<Findings> {
  const unusable = (what: string): Findings =>
    problem({
      code: 'packageRejected',
      message: `${packageUri(pinned)} ${what}.`,
      remedy: isImage(pinned)
        ? 'Build a smaller image.'
        : 'Build the package again as a zip file that Lambda can take.',
      target: access.target,
      function: access.function,
    });
  if (isImage(pinned)) {
    const { bytes = 0 } = pinned;
    return bytes > MAX_IMAGE ? unusable(tooLarge('has', bytes, MAX_IMAGE)) : NOTHING;
  }
  const reader = new RangeReader(tools, access, pinned);
  return judged(reader, await reader.read(`-${TAIL_LENGTH}`), unusable);
}

async function judged(
  reader: RangeReader,
  tail: Buffer,
  unusable: (what: string) => Findings,
): Promise<Findings> {
  const directory = findDirectory(tail, reader.size);
  if (directory === undefined) return unusable('is no zip file');
  if (directory.files === 0) return unusable('has no files in it');
  if (reader.size > MAX_UNPACKED) return unusable(tooLarge('has', reader.size));
  if (isZip64(directory) || directory.length > MAX_DIRECTORY || directory.start < 0) return NOTHING;
  const { start, length } = directory;
  const from = start - (reader.size - tail.length);
  const bytes =
    from >= 0
      ? tail.subarray(from, from + length)
      : await reader.read(`${start}-${start + length - 1}`);
  const unpacked = unpackedSize(bytes) ?? 0;
  return unpacked > MAX_UNPACKED ? unusable(tooLarge('unpacks to', unpacked)) : NOTHING;
}

function tooLarge(verb: string, bytes: number, most = MAX_UNPACKED): string {
  const megabytes = (size: number): string => `${Math.ceil(size / 1024 / 1024)} MB`;
  return `${verb} ${megabytes(bytes)}, and Lambda takes up to ${megabytes(most)} unpacked, layers included`;
}

/** Reads parts of a package. */
class RangeReader {
  /** Of the whole package, in bytes; known when a part of it has been read. */
  size = 0;

  constructor(
    private readonly tools: Tools,
    private readonly access: FunctionAccess,
    private readonly pinned: PinnedZip,
  ) {}

  /** @param range - as in HTTP, without the unit: `0-99`, or `-100` for the last hundred bytes */
  async read(range: string): Promise<Buffer> {
    const { bucket, key, versionId } = this.pinned;
    const command = new GetObjectCommand({
      Bucket: bucket,
      Key: key,
      Range: `bytes=${range}`,
      ...defined({ VersionId: versionId }),
    });
    const { s3 } = this.tools.clientsFor(this.access);
    const doing = `read ${packageUri(this.pinned)}`;
    const transfer = new Transfer(undefined, { stalledAfterMs: STALLED_AFTER_MS });
    try {
      const { Body, ContentRange } = await s3.send(command, { abortSignal: transfer.signal });
      const bytes = await received(Body as Readable, transfer);
      this.size = Number(ContentRange?.split('/')[1] ?? bytes.length);
      return bytes;
    } catch (error) {
      // An object without bytes has no range.
      if ((error as Error).name === 'InvalidRange') return Buffer.alloc(0);
      const cause = transferFailure(error, transfer, this.access, { doing, moved: 'received' });
      throw translateAwsError(cause, { ...this.access, doing }, activityInfo().attempt);
    } finally {
      transfer.end();
    }
  }
}

async function received(body: Readable, transfer: Transfer): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of body) {
    parts.push(part as Uint8Array);
    transfer.moved((part as Uint8Array).length);
  }
  return Buffer.concat(parts);
}
