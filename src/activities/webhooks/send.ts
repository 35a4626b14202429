import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { defined } from '../../domain/defined.js';
import { asNoAnswer, NoAnswer } from '../../domain/noAnswer.js';
import type { AddressGuard } from './addresses.js';
import type { Headers } from './headers.js';
import { createResolve, type Resolve } from './resolve.js';

export interface OutgoingRequest {
  method: string;
  url: URL;
  headers: Headers;
  body?: string;
}

export interface HttpResponse {
  status: number;
  /** The header Retry-After. */
  retryAfter?: string;
  /** The beginning of the body. */
  text: string;
}

export interface SendLimits {
  /** Until the connection stands, in milliseconds. */
  connectMs: number;
  /** Until the answer has come, in milliseconds. */
  totalMs: number;
}

export const SEND_LIMITS: SendLimits = { connectMs: 10_000, totalMs: 30_000 };

/** How a request is sent. */
export interface Sending {
  guard: AddressGuard;
  /** @default SEND_LIMITS */
  limits?: SendLimits;
  /** By default as the system's configuration says. */
  resolve?: Resolve;
}

/** How much of an answer is read, in bytes. */
const MOST_READ = 64 * 1024;

/**
 * Sends one request over a connection of its own. Redirects are not followed. The name is resolved
 * once, all of its addresses are checked, and the connection goes to one of them: a name that is
 * resolved again could say something else.
 *
 * @throws NoAnswer
 */
export async function send(
  request: OutgoingRequest,
  { guard, limits = SEND_LIMITS, resolve = createResolve() }: Sending,
  cancelled: AbortSignal,
): Promise<HttpResponse> {
  const late = new AbortController();
  const [connecting, answering] = timersOf(limits, late);
  const stop = AbortSignal.any([cancelled, late.signal]);
  try {
    const addresses = await addressesOf(request.url, resolve, stop);
    for (const { address } of addresses) assertAllowed(guard, address);
    const sent = start(request, addresses, stop);
    onConnection(sent, () => clearTimeout(connecting));
    sent.end(request.body);
    const response = await Promise.race([responseTo(sent), untilClosed(sent)]);
    return answerOf(response, await readText(response));
  } catch (error) {
    // What the timers and the cancellation say goes before what they have caused.
    stop.throwIfAborted();
    throw asNoAnswer(error);
  } finally {
    clearTimeout(connecting);
    clearTimeout(answering);
  }
}

function timersOf({ connectMs, totalMs }: SendLimits, late: AbortController) {
  const giveUp = (message: string): void => late.abort(new NoAnswer(message, true));
  const seconds = (ms: number): string => `${ms / 1000} s`;
  return [
    setTimeout(giveUp, connectMs, `could not be connected to within ${seconds(connectMs)}`),
    setTimeout(giveUp, totalMs, `did not answer within ${seconds(totalMs)}`),
  ] as const;
}

async function addressesOf(
  { hostname }: URL,
  resolve: Resolve,
  stop: AbortSignal,
): Promise<LookupAddress[]> {
  stop.throwIfAborted();
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return [{ address: host, family: isIP(host) }];
  return Promise.race([resolve(host, stop), untilAborted(stop)]);
}

function untilAborted(stop: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    stop.addEventListener('abort', () => reject(stop.reason as Error), { once: true });
  });
}

function assertAllowed(guard: AddressGuard, address: string): void {
  const refusal = guard.refusal(address);
  if (refusal === undefined) return;
  throw new NoAnswer(`is at ${address}, which ${refusal.problem}`, false, refusal.remedy);
}

function start(
  { url, method, headers, body }: OutgoingRequest,
  addresses: readonly LookupAddress[],
  signal: AbortSignal,
): ClientRequest {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const sent = request(url, {
    method,
    headers: { ...headers, ...length },
    agent: false,
    lookup: lookupAmong(addresses),
    signal,
  });
  // What happens after the answer has come changes nothing.
  return sent.on('error', () => undefined);
}

/** What Node.js asks when it connects. */
function lookupAmong(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, { all }, callback) => {
    const [first] = addresses;
    if (first === undefined)
      return callback(new NoAnswer('has a host without addresses', true), '');
    if (all === true) return callback(null, [...addresses]);
    return callback(null, first.address, first.family);
  };
}

async function responseTo(request: ClientRequest): Promise<IncomingMessage> {
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
}

/** An answer that changes the protocol, which nobody asked for, is neither a response nor an error. */
async function untilClosed(request: ClientRequest): Promise<never> {
  await once(request, 'close');
  throw new NoAnswer('broke the connection off', true);
}

function onConnection(request: ClientRequest, connected: () => void): void {
  request.once('socket', (socket) => {
    socket.once(request.protocol === 'https:' ? 'secureConnect' : 'connect', connected);
  });
}

function answerOf({ statusCode = 0, headers }: IncomingMessage, text: string): HttpResponse {
  const retryAfter = headers['retry-after'];
  return { status: statusCode, ...defined({ retryAfter }), text };
}

/** The status is the answer: a text that breaks off, or does not end, changes nothing about it. */
async function readText(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      parts.push(part);
      bytes += part.length;
      // Leaving the loop ends the connection.
      if (bytes >= MOST_READ) break;
    }
  } catch {
    // As much as there is.
  }
  return Buffer.concat(parts).subarray(0, MOST_READ).toString('utf8');
}
