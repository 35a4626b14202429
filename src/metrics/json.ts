import { excerpt } from '../domain/excerpt.js';
import { asNoAnswer } from '../domain/noAnswer.js';
import { withoutSecrets } from '../domain/redaction.js';
import type { AskLimits } from './limits.js';
import { NoNumber, type Question } from './provider.js';

/** The largest answer that is read, in bytes. One number needs far less. */
const MAX_BYTES = 1024 * 1024;

export interface JsonRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

/** A system whose API speaks JSON. */
export interface JsonApi {
  /** What it is called in messages. */
  who: string;
  /** Its credentials, which it may repeat and nobody may read. */
  secrets: readonly string[];
  /** The sentence in an answer that says what is wrong. */
  complaint(body: unknown): string | undefined;
  limits: AskLimits;
}

/**
 * Sends one request, and gives the JSON of an answer that is a success.
 *
 * @throws NoNumber `unavailable` when it may go well later, otherwise `refused`
 */
export async function askJson(
  api: JsonApi,
  request: JsonRequest,
  question: Question,
): Promise<unknown> {
  const { status, text } = await send(api, request, question.signal);
  const body = parsed(text);
  if (status >= 200 && status < 300) {
    if (body !== undefined) return body;
    throw unexpected(api.who);
  }
  throw refusal(api, status, quoted(api, api.complaint(body), question));
}

/** The answer is not one of the API that it should be. */
export function unexpected(who: string): NoNumber {
  const message = `what answers is not ${who}, or not as its documentation says: check the address in the settings`;
  return new NoNumber('unavailable', message);
}

/** How much of a complaint is looked at, in characters: its beginning is what is told. */
const MOST_READ = 2000;

/** What the API complains about, after a colon; empty when nothing may be told. */
export function quoted(
  { secrets }: JsonApi,
  complaint: string | undefined,
  { quotable }: Question,
): string {
  if (!quotable || complaint === undefined) return '';
  // Before it is cut: half a secret would not be recognised.
  const told = excerpt(withoutSecrets(complaint, secrets, MOST_READ));
  return told === '' ? '' : `: ${told}`;
}

/** These may go well later. Source: RFC 9110, and RFC 6585 for 429. */
function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

function refusal({ who }: JsonApi, status: number, reason: string): NoNumber {
  if (isPassing(status)) {
    return new NoNumber('unavailable', `${who} answers with ${status}${reason}`);
  }
  if (status < 400) {
    const message = `${who} redirects (${status}), and redirects are not followed: check the address in the settings`;
    return new NoNumber('refused', message);
  }
  const what = status === 401 || status === 403 ? 'the credentials' : 'the query';
  return new NoNumber('refused', `${who} does not accept ${what} (${status})${reason}`);
}

async function send(
  { who, limits: { totalMs } }: JsonApi,
  { url, ...request }: JsonRequest,
  cancelled: AbortSignal,
): Promise<{ status: number; text: string }> {
  const tooLate = AbortSignal.timeout(totalMs);
  const signal = AbortSignal.any([cancelled, tooLate]);
  try {
    const answer = await fetch(url, { ...request, redirect: 'manual', signal });
    return { status: answer.status, text: await textOf(answer, who) };
  } catch (error) {
    cancelled.throwIfAborted();
    if (error instanceof NoNumber) throw error;
    if (tooLate.aborted) {
      throw new NoNumber('unavailable', `${who} did not answer within ${totalMs / 1000} s`);
    }
    throw unreachable(who, (error as Error).cause);
  }
}

/** What `fetch` says as the cause. Source: the Fetch standard, which blocks ports of other protocols. */
function unreachable(who: string, cause: unknown): NoNumber {
  if (cause instanceof Error && cause.message === 'bad port') {
    const message = `${who} has a port that belongs to another protocol and is not called: choose another`;
    return new NoNumber('refused', message);
  }
  const { message, retryable } = asNoAnswer(cause);
  return new NoNumber(retryable ? 'unavailable' : 'refused', `${who} ${message}`);
}

async function textOf({ body }: Response, who: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    parts.push(part);
    bytes += part.length;
    // Leaving the loop ends the connection.
    if (bytes > MAX_BYTES) {
      const message = `${who} gives more than ${MAX_BYTES / 1024 / 1024} MiB for a query that should give one number`;
      throw new NoNumber('refused', message);
    }
  }
  return Buffer.concat(parts).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
