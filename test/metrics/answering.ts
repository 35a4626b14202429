import type { Receiver } from '../activities/webhooks/receiver.js';

/** Lets a system answer with JSON, or with a text that is none. */
export function answers(receiver: Receiver, body: unknown, status = 200): void {
  receiver.answer = (_, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}
