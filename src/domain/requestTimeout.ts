/**
 * How long one request to AWS may take, in milliseconds. A rollback relies on it: once this has
 * passed, a request that was given up can no longer be on its way.
 */
export const REQUEST_TIMEOUT_MS = 10_000;
