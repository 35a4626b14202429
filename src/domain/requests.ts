import { MAX_GATE_LENGTH, targetOfGate } from './gates.js';
import { cleanMarkdown } from './markdown.js';
import { NAMES, normalName } from './naming.js';
import { withoutUnprintable } from './printable.js';
import { MAX_COMMENT, shortText } from './shortText.js';
import type { Verb } from './verbs.js';

/** A message from outside, as far as anything could be made of it. */
export interface OperatorRequest {
  verb: Verb;
  /** Which gate is meant. Without it, the only one that is open. */
  gate?: string;
  /** The gate was sent as a mere text, which may be a comment after all. */
  loose?: true;
  /** Which target is meant, of a deployment's. */
  target?: string;
  /** Who asks. */
  by?: string;
  /** The role in which they ask. */
  role?: string;
  /** Why, or what a callback says: Markdown. */
  comment?: string;
  /** What a callback says of what was called. */
  success?: boolean;
  /** What could not be understood, as the rest of a sentence that begins with the verb. */
  unclear?: string;
}

/** The longest that is kept of what could not be understood, in characters. */
const MAX_UNCLEAR = 100;

/** The names in a message, and how long each may be, in characters (code points). */
const FIELDS = {
  gate: MAX_GATE_LENGTH,
  target: NAMES.target.maxLength,
  by: 100,
  role: NAMES.role.maxLength,
} as const;

/**
 * Makes sense of whatever was sent. A person in the Temporal UI sends nothing, a text or an object;
 * a script may send anything. A text that has the form of a gate's id may be one; any other is a
 * comment.
 *
 * @param message - `undefined` when nothing was sent
 */
export function readRequest(verb: Verb, message: unknown): OperatorRequest {
  const isEmpty = message === undefined || message === null;
  if (verb === 'webhookCallback' && (isEmpty || typeof message === 'string')) {
    return unclear(verb, 'neither success nor failure');
  }
  if (isEmpty) return { verb };
  if (typeof message === 'string') return readText(verb, message);
  if (Array.isArray(message)) {
    const [only] = message as unknown[];
    // Lists can stand in lists more deeply than any stack is.
    const isClear = message.length < 2 && !Array.isArray(only);
    return isClear ? readRequest(verb, only) : unclear(verb, 'a list');
  }
  if (typeof message !== 'object') return unclear(verb, `the value ${JSON.stringify(message)}`);
  return readFields(verb, message as Record<string, unknown>);
}

/** A text that only looked like the id of a gate. */
export function asComment({ gate, loose: _, ...request }: OperatorRequest): OperatorRequest {
  return gate === undefined ? request : { ...request, comment: gate };
}

/** What was sent cannot be decoded at all. */
export function unreadable(verb: Verb): OperatorRequest {
  return unclear(verb, 'an input that cannot be decoded');
}

function unclear(verb: Verb, what: string): OperatorRequest {
  return { verb, unclear: `came with ${what.slice(0, MAX_UNCLEAR)}` };
}

/**
 * Why a message cannot be acted on because it is not understood, or undefined when it can. Whoever
 * wants to stop a deployment is understood even when half of the message is not.
 */
export function unclearReason({ verb, unclear }: OperatorRequest): string | undefined {
  if (unclear === undefined || verb === 'reject' || verb === 'rollback') return undefined;
  return `${verb} ${unclear}.`;
}

function readText(verb: Verb, message: string): OperatorRequest {
  const text = shortText(message, MAX_COMMENT);
  if (text === '') return { verb };
  return targetOfGate(text) === undefined
    ? { verb, comment: text }
    : { verb, gate: normalName(text), loose: true };
}

function readFields(verb: Verb, message: Record<string, unknown>): OperatorRequest {
  const request: OperatorRequest = { verb };
  for (const [name, length] of Object.entries(FIELDS) as [keyof typeof FIELDS, number][]) {
    const value = message[name];
    if (value === undefined || value === null || value === '') continue;
    if (typeof value !== 'string') return unclear(verb, `a ${name} that is not a text`);
    // A name is compared: one that had to be cut names something else.
    const given = normalName(value);
    if (given.length > 2 * length || [...given].length > length)
      return unclear(verb, `a ${name} that is too long`);
    const cleaned = normalName(withoutUnprintable(given));
    if (cleaned !== '') request[name] = cleaned;
  }
  if (verb === 'webhookCallback') return readCallback(request, message);
  const { comment } = message;
  if (typeof comment === 'string' && comment.trim() !== '') {
    request.comment = shortText(comment, MAX_COMMENT);
  }
  return request;
}

/** A gateway sends a callback as it came; a person may answer in the other system's place. */
function readCallback(
  request: OperatorRequest,
  { success, mdMessage, comment }: Record<string, unknown>,
): OperatorRequest {
  if (typeof success !== 'boolean') return unclear(request.verb, 'neither success nor failure');
  const text = typeof mdMessage === 'string' ? mdMessage : comment;
  const said = typeof text === 'string' ? cleanMarkdown(text) : '';
  return { ...request, success, ...(said !== '' && { comment: said }) };
}
