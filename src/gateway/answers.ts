/** What a caller is told: a status, a word for scripts, and a sentence. */
export interface GatewayAnswer {
  statusCode: number;
  status: string;
  message: string;
  headers?: Readonly<Record<string, string>>;
}

const answer = (
  statusCode: number,
  status: string,
  message: string,
  headers?: Readonly<Record<string, string>>,
): GatewayAnswer => ({ statusCode, status, message, ...(headers && { headers }) });

/** Everything that the gateway answers. `docs/gateway.md` lists them. */
export const ANSWERS = {
  accepted: answer(
    202,
    'accepted',
    'The step has its answer. The first one counts; the same callback can be sent again.',
  ),
  malformed: answer(
    400,
    'malformed',
    'Send {"success": true} or {"success": false} as JSON, with "mdMessage" as a text if you like.',
  ),
  forged: answer(403, 'forbidden', 'This is not the address of a callback of this installation.'),
  notFound: answer(
    404,
    'notFound',
    'There is nothing here. Callbacks go to the address that the call named, with /callback.',
  ),
  wrongMethod: answer(405, 'wrongMethod', 'Callbacks are sent with POST.', { Allow: 'POST' }),
  expired: answer(410, 'expired', 'The time for this callback is over.'),
  gone: answer(410, 'gone', 'Nothing waits for this callback any more.'),
  tooLarge: answer(413, 'tooLarge', 'A callback has at most 64 KiB.'),
  wrongType: answer(415, 'wrongType', 'Send JSON, with the header Content-Type: application/json.'),
  tooMany: answer(429, 'tooMany', 'Too many requests came from this address. Try again later.', {
    'Retry-After': '1',
  }),
  unavailable: answer(
    503,
    'unavailable',
    'The callback could not be delivered now. Send it again later.',
    { 'Retry-After': '5' },
  ),
} as const;

export type AnswerName = keyof typeof ANSWERS;
