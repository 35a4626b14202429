import { open, type FileHandle } from 'node:fs/promises';
import { printable } from '../domain/printable.js';
import { MAX_FILE_BYTES } from './source/text.js';

const REASONS: Record<string, (path: string) => string> = {
  ENOENT: (path) => `There is no file ${path}. Check the path.`,
  ENOTDIR: (path) => `There is no file ${path}, because a part of its path is not a directory.`,
  EISDIR: (path) => `${path} is a directory. Name the deployment file in it.`,
  EACCES: (path) => `You may not read ${path}. Ask for permission, or name another file.`,
  EPERM: (path) => `You may not read ${path}. Ask for permission, or name another file.`,
};

/** Why a deployment file could not be read, in sentences for a person. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

/**
 * Reads a deployment file, or as much of it as shows that it is too large.
 *
 * @throws UnreadableFile
 */
export async function loadDeploymentFile(path: string): Promise<Uint8Array> {
  if (path === '') throw new UnreadableFile('No file is named: the name is empty.');
  try {
    const file = await open(path);
    try {
      return await readStart(file);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new UnreadableFile(reason(error, printable(path)), { cause: error });
  }
}

/** A pipe or a device does not know its size, so the size is not asked for. */
async function readStart(file: FileHandle): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let left = MAX_FILE_BYTES + 1;
  while (left > 0) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(left, 65536)));
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    left -= bytesRead;
  }
  return Buffer.concat(chunks);
}

function reason(error: unknown, path: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : String(error);
  return REASONS[code]?.(path) ?? `${path} cannot be read: ${printable(message)}.`;
}
