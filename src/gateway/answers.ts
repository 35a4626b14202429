import { defined } from '../domain/defined.js';

interface HttpReply {
  /** The HTTP status code. */
  code: number;
  /** Sentences for a person. Absent when there is nothing to be said. */
  message?: string;
}

const answers = {
  accepted: { code: 202 },
  malformed: { code: 400, message: 'The request cannot be read as HTTP.' },
  refused: {
    code: 403,
    message:
      'This address was not issued here, or it has been changed. Use the address of the callback ' +
      'just as the webhook was given it.',
  },
  notFound: {
    code: 404,
    message:
      'There is nothing at this address. A callback goes to the address that the webhook was ' +
      'given, with /callback behind it.',
  },
  methodNotAllowed: { code: 405, message: 'This address takes another method: see Allow.' },
  tooSlow: { code: 408, message: 'The request did not arrive in time. Send it again.' },
  expired: {
    code: 410,
    message: 'This address has expired: nothing waits for the callback any more.',
  },
  ended: {
    code: 410,
    message: 'The deployment has ended without this callback: nothing waits for it any more.',
  },
  tooLarge: { code: 413, message: 'The body is larger than 64 KiB. Send a shorter mdMessage.' },
  notJson: {
    code: 415,
    message: 'The body must be JSON. Send it with the header Content-Type: application/json.',
  },
  tooManyRequests: {
    code: 429,
    message: 'Too many requests come from where this one comes from. Send it again later.',
  },
  headersTooLarge: { code: 431, message: 'The address and the headers are too long together.' },
  internal: {
    code: 500,
    message: 'Something went wrong here, and the callback may not have arrived. Send it again.',
  },
  unavailable: {
    code: 503,
    message: 'The callback cannot be delivered at the moment. Send it again later.',
  },
} satisfies Record<string, HttpReply>;

export type AnswerName = keyof typeof answers;

/** What a gateway answers, by the word in the answer's `status`. docs/gateway.md explains each. */
export const ANSWERS: Readonly<Record<AnswerName, HttpReply>> = answers;

/**
 * The body of an answer.
 *
 * @param message - instead of the usual one
 */
export function bodyOf(name: AnswerName, message = ANSWERS[name].message): object {
  return { status: name, ...defined({ message }) };
}
