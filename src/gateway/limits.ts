/** What a gateway takes at most. Times are in milliseconds. */

/** Of a body, in bytes. */
export const BODY_LIMIT = 64 * 1024;

/** Of a token, in characters; Node.js takes no more than this for all of a request's head. */
export const TOKEN_LIMIT = 16 * 1024;

/** Until the head of a request is there, and until all of it is. */
export const HEADERS_TIMEOUT_MS = 5000;
export const REQUEST_TIMEOUT_MS = 10_000;

/** How often Node.js looks for requests that take too long. */
export const TIMEOUT_CHECK_MS = 1000;

/** How long a client has to close a connection on which it was told that it is no request. */
export const LINGER_MS = 1000;

/** Connections at the same time: of all clients together, and of one that is no trusted proxy. */
export const CONNECTIONS = { total: 1000, perClient: 100 };

/** How long requests that are under way may take when the gateway stops. */
export const STOP_GRACE_MS = 10_000;

/** How long a client should leave Temporal alone that could not be reached, in seconds. */
export const RETRY_AFTER_S = 5;
