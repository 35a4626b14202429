import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type AnswerName, ANSWERS, bodyOf } from './answers.js';
import { LINGER_MS } from './limits.js';
import type { GatewayMetrics } from './metrics.js';
import { commonHeaders } from './replies.js';
import { requestIdOf } from './requestId.js';

/** Node.js's codes for what it could not read as a request. */
const NAMES: Readonly<Record<string, AnswerName>> = {
  HPE_HEADER_OVERFLOW: 'headersTooLarge',
  ERR_HTTP_REQUEST_TIMEOUT: 'tooSlow',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'tooLarge',
};

/** Makes what answers bytes that are no request, or never become one, and closes the connection. */
export function createClientErrorHandler(metrics: GatewayMetrics) {
  return ({ code }: { code?: string }, socket: Socket): void => {
    if (code === 'ECONNRESET' || !socket.writable) return;
    const name = NAMES[code ?? ''] ?? 'malformed';
    metrics.answered(name);
    socket.end(responseOf(name));
    closeSoon(socket);
  };
}

/**
 * Closed at once, a connection may lose the answer, because not all that came has been read. Left to
 * the client it may stay for ever, and many of them would keep everybody else out.
 */
function closeSoon(socket: Socket): void {
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}

function responseOf(name: AnswerName): string {
  const { code } = ANSWERS[name];
  const body = JSON.stringify(bodyOf(name));
  const headers = {
    ...commonHeaders(requestIdOf(undefined)),
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([header, value]) => `${header}: ${value}`);
  return [`HTTP/1.1 ${code} ${STATUS_CODES[code]}`, ...lines, '', body].join('\r\n');
}
