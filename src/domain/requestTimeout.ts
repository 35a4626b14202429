/**
 * How long one request to AWS may take that carries no code, in milliseconds. A rollback relies on
 * it: once this has passed, a request that was given up can no longer be on its way.
 */
export const REQUEST_TIMEOUT_MS = 10_000;

/** The slowest link that bytes are waited for, in bytes a second. */
const SLOWEST_LINK = 64 * 1024;

/**
 * The longest that a request may take, in milliseconds. AWS refuses one whose signature is older than
 * five minutes: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
const LONGEST_TRANSFER_MS = 240_000;

/** How long so many bytes may be on their way, in milliseconds: from ten seconds to four minutes. */
export function transferTimeoutMs(bytes: number): number {
  return Math.min(
    LONGEST_TRANSFER_MS,
    REQUEST_TIMEOUT_MS + Math.floor(bytes / SLOWEST_LINK) * 1000,
  );
}

/**
 * The largest code that UpdateFunctionCode takes in the request itself, in bytes:
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const MAX_DIRECT_UPLOAD = 50 * 1024 * 1024;

/** The bytes of a request that carries code in itself: in JSON they are base64. */
export function bytesToSend(codeBytes: number): number {
  return Math.ceil(codeBytes / 3) * 4;
}

/**
 * How long a request may take that carries code in itself, in milliseconds.
 *
 * @param codeBytes - absent where the size is not known: then as long as the largest code may take
 */
export function uploadTimeoutMs(codeBytes = Infinity): number {
  return transferTimeoutMs(bytesToSend(codeBytes));
}
