/*
 * The end of a zip file, as PKWARE's APPNOTE.TXT describes it (4.3.12 and 4.3.16): a directory with a
 * header for each file, and a record that says where the directory is.
 */

const END = 0x06054b50;
const END_LENGTH = 22;
const HEADER = 0x02014b50;
const HEADER_LENGTH = 46;
const MAX_COMMENT = 0xffff;

/** As many bytes at the end of a zip file hold the record, whatever comment follows it. */
export const TAIL_LENGTH = END_LENGTH + MAX_COMMENT;

/** Where the directory of a zip file is. */
export interface Directory {
  files: number;
  /** In bytes, from the beginning of the file. */
  start: number;
  /** In bytes. */
  length: number;
}

/**
 * Finds the directory.
 *
 * @param tail - the last bytes of the file, at least {@link TAIL_LENGTH} where it has as many
 * @param size - of the whole file, in bytes
 * @returns undefined when it is no zip file
 */
export function findDirectory(tail: Buffer, size: number): Directory | undefined {
  for (let at = tail.length - END_LENGTH; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== END) continue;
    const length = tail.readUInt32LE(at + 12);
    // What stands before the zip file, such as a script that unpacks it, moves its offsets.
    const start = size - tail.length + at - length;
    return { files: tail.readUInt16LE(at + 10), start, length };
  }
  return undefined;
}

/** Whether the sizes stand elsewhere, because they are too large for their fields (zip64). */
export function isZip64({ files, length }: Directory): boolean {
  return files === 0xffff || length === 0xffffffff;
}

/**
 * The bytes that the files have when they are unpacked.
 *
 * @returns undefined when the directory does not say so
 */
export function unpackedSize(directory: Buffer): number | undefined {
  let size = 0;
  let at = 0;
  while (at + HEADER_LENGTH <= directory.length && directory.readUInt32LE(at) === HEADER) {
    const one = directory.readUInt32LE(at + 24);
    if (one === 0xffffffff) return undefined;
    size += one;
    const [name, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field));
    at += HEADER_LENGTH + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return at === directory.length ? size : undefined;
}
