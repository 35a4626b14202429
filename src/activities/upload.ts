import { Readable } from 'node:stream';
import type { UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { bytesToSend, uploadTimeoutMs } from '../domain/requestTimeout.js';
import type { FunctionAccess } from './access.js';
import type { Send } from './lambdaApi.js';
import { KEEP_VERSIONS, transferFailure } from './slowLink.js';
import { Transfer } from './transfer.js';

const CHUNK_LENGTH = 64 * 1024;

/** A request that carries code, and whom it is for. */
export interface Upload {
  access: FunctionAccess;
  command: UpdateFunctionCodeCommand;
  /** Of the code, before it is encoded for the request. */
  codeBytes: number;
  /** As a phrase that follows "could not". */
  doing: string;
}

/**
 * Sends code in the request itself. The limit of other requests would cut it off: it has one that
 * fits its size. Whether it stands still cannot be told, because the system takes megabytes at once
 * and hands them on in its own time.
 *
 * @param timeoutMs - by default what fits the size
 */
export function uploading<Output>(
  { access, command, codeBytes, doing }: Upload,
  send: Send<Output>,
  timeoutMs = uploadTimeoutMs(codeBytes),
): Send<Output> {
  return async (client) => {
    const transfer = new Transfer(bytesToSend(codeBytes), { timeoutMs });
    count(command, transfer);
    try {
      return await send(client, { abortSignal: transfer.signal });
    } catch (error) {
      throw transferFailure(error, transfer, access, {
        doing,
        moved: 'handed over',
        instead: KEEP_VERSIONS,
      });
    } finally {
      transfer.end();
    }
  };
}

/** Hands the body over in pieces, as the connection takes them; the request is signed by then. */
function count(command: UpdateFunctionCodeCommand, transfer: Transfer): void {
  command.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { body: unknown };
      request.body = Readable.from(pieces(bytesOf(request.body), transfer));
      return next(args);
    },
    { name: 'countWhatIsSent', step: 'deserialize', priority: 'low', override: true },
  );
}

function bytesOf(body: unknown): Buffer {
  if (!(body instanceof Uint8Array)) return Buffer.from(String(body));
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

function* pieces(body: Buffer, transfer: Transfer): Generator<Buffer> {
  for (let start = 0; start < body.length; start += CHUNK_LENGTH) {
    const piece = body.subarray(start, start + CHUNK_LENGTH);
    yield piece;
    transfer.moved(piece.length);
  }
}
