import type { FileHandle } from 'node:fs/promises';

/**
 * Reads a file as far as shows that it has more bytes than may be there. A pipe or a device does
 * not know its size, so the size is not asked for.
 */
export async function readStart(file: FileHandle, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let left = most + 1;
  while (left > 0) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(left, 65536)));
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    left -= bytesRead;
  }
  return Buffer.concat(chunks);
}
