import { stdin } from 'node:process';
import { MAX_FILE_BYTES } from '../config/source/text.js';

/** All of standard input, or as much of it as shows that it is too large to be a deployment. */
export async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stdin as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_FILE_BYTES) break;
  }
  return Buffer.concat(chunks);
}
