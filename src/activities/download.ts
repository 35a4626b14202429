import { transferTimeoutMs } from '../domain/requestTimeout.js';
import type { FunctionAccess } from './access.js';
import { openCodeLink } from './codeLink.js';
import { KEEP_VERSIONS, transferFailure } from './slowLink.js';
import { STALLED_AFTER_MS, Transfer } from './transfer.js';

/**
 * Fetches the code behind a link of AWS's, which is good for ten minutes.
 *
 * @param bytes - how many there are
 */
export async function download(
  access: FunctionAccess,
  link: string,
  bytes: number,
): Promise<Uint8Array> {
  const timeoutMs = transferTimeoutMs(bytes);
  const transfer = new Transfer(bytes, { timeoutMs, stalledAfterMs: STALLED_AFTER_MS });
  try {
    const parts: Uint8Array[] = [];
    for await (const part of await openCodeLink(link, transfer.signal)) {
      parts.push(part);
      transfer.moved(part.length);
    }
    return Buffer.concat(parts);
  } catch (error) {
    const doing = `fetch the old code of ${access.function}`;
    throw transferFailure(error, transfer, access, {
      doing,
      moved: 'received',
      instead: KEEP_VERSIONS,
    });
  } finally {
    transfer.end();
  }
}
