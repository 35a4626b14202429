import { lookup as lookupAddresses, type LookupAddress } from 'node:dns';
import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { asNoAnswer, NoAnswer } from './noAnswer.js';
import type { AddressGuard } from './webhooks/addresses.js';

export interface OutgoingRequest {
  method: string;
  url: URL;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

export interface Answer {
  status: number;
  /** The header Retry-After. */
  retryAfter?: string;
  /** The body, or its beginning. */
  text: string;
  /** Whether the body is longer than what may be read. */
  isCut: boolean;
}

export interface SendLimits {
  /** Until the connection stands, in milliseconds. */
  connectMs: number;
  /** Until the answer has come, in milliseconds. */
  totalMs: number;
  /** How much of an answer is read, in bytes. */
  bytes: number;
}

export const SEND_LIMITS: SendLimits = { connectMs: 10_000, totalMs: 30_000, bytes: 64 * 1024 };

/**
 * Sends one request over a connection of its own. Redirects are not followed. The address is checked
 * after the name has been resolved, and the connection goes to an address that was checked: a name
 * that is resolved again could say something else.
 *
 * @param guard - says which addresses may be called; absent where the settings chose the address
 * @throws NoAnswer
 */
export async function send(
  request: OutgoingRequest,
  guard: AddressGuard | undefined,
  { connectMs, totalMs, bytes }: SendLimits,
  cancelled: AbortSignal,
): Promise<Answer> {
  const host = request.url.hostname.replace(/^\[|\]$/g, '');
  if (guard !== undefined && isIP(host) !== 0) assertAllowed(guard, host, [host]);
  const tooLate = AbortSignal.timeout(totalMs);
  try {
    const signal = AbortSignal.any([cancelled, tooLate]);
    const sent = start(request, guard && guardedLookup(guard), signal);
    limitConnecting(sent, connectMs);
    sent.end(request.body);
    return await answerOf(sent, bytes);
  } catch (error) {
    cancelled.throwIfAborted();
    if (tooLate.aborted) throw new NoAnswer(`did not answer within ${totalMs / 1000} s`, true);
    throw asNoAnswer(error);
  }
}

function start(
  { url, method, headers, body }: OutgoingRequest,
  lookup: LookupFunction | undefined,
  signal: AbortSignal,
): ClientRequest {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  return request(url, {
    method,
    headers: { ...headers, ...length },
    agent: false,
    ...(lookup !== undefined && { lookup }),
    signal,
  });
}

function limitConnecting(request: ClientRequest, limitMs: number): void {
  const problem = new NoAnswer(`could not be connected to within ${limitMs / 1000} s`, true);
  const timer = setTimeout(() => request.destroy(problem), limitMs);
  const stop = (): void => clearTimeout(timer);
  request.once('socket', (socket) => {
    socket.once(
      socket instanceof Object && 'encrypted' in socket ? 'secureConnect' : 'connect',
      stop,
    );
  });
  request.once('close', stop);
}

function answerOf(request: ClientRequest, bytes: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (response) => {
      read(response, bytes).then((body) => resolve(answer(response, body)), reject);
    });
  });
}

function answer({ statusCode = 0, headers }: IncomingMessage, body: Body): Answer {
  const retryAfter = headers['retry-after'];
  return { status: statusCode, ...(retryAfter !== undefined && { retryAfter }), ...body };
}

type Body = Pick<Answer, 'text' | 'isCut'>;

async function read(response: IncomingMessage, limit: number): Promise<Body> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response) {
    parts.push(part as Buffer);
    bytes += (part as Buffer).length;
    // Leaving the loop ends the connection.
    if (bytes > limit) break;
  }
  const text = Buffer.concat(parts).subarray(0, limit).toString('utf8');
  return { text, isCut: bytes > limit };
}

/** Resolves a name to addresses that may all be called. */
function guardedLookup(guard: AddressGuard): LookupFunction {
  return (hostname, options, callback) => {
    lookupAddresses(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      try {
        assertAllowed(
          guard,
          hostname,
          addresses.map(({ address }) => address),
        );
      } catch (refused) {
        return callback(refused as Error, []);
      }
      if (options.all === true) return callback(null, addresses);
      const [first] = addresses as [LookupAddress, ...LookupAddress[]];
      return callback(null, first.address, first.family);
    });
  };
}

const HOW_TO_ALLOW = 'If it may be called, add its range to `network.allow` in the settings file.';

function assertAllowed(guard: AddressGuard, host: string, addresses: readonly string[]): void {
  for (const address of addresses) {
    const why = guard.refusal(address);
    if (why === undefined) continue;
    const where = host === address ? 'is at' : `resolves to`;
    throw new NoAnswer(`${where} ${address}, which ${why}`, false, HOW_TO_ALLOW);
  }
}
