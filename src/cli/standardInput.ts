import { stdin } from 'node:process';
import { MAX_FILE_BYTES } from '../config/source/text.js';

let read: Promise<Uint8Array> | undefined;

/**
 * All of standard input, or as much of it as shows that it is too large to be a deployment. It can
 * be read once, so whoever asks again gets the same.
 */
export function readStandardInput(): Promise<Uint8Array> {
  return (read ??= readAll());
}

async function readAll(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stdin as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_FILE_BYTES) break;
  }
  return Buffer.concat(chunks);
}
