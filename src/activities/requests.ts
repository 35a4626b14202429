import { REQUEST_TIMEOUT_MS } from '../domain/requestTimeout.js';

/** Options for every single request to AWS. */
export function requestOptions(): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) };
}
