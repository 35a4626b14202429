import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

const BODY = '{"success": true, "mdMessage": "**212** tests passed"}';
const AT_ONCE = 16;

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
const headers = { 'Content-Type': 'application/json', 'Content-Length': BODY.length };

/** Sends a callback. Anything else than that it is accepted is an error. */
export async function post(url: string): Promise<void> {
  const status = await new Promise<number>((resolve, reject) => {
    const sending = request(url, { method: 'POST', agent, headers }, (answer) => {
      text(answer).then(() => resolve(answer.statusCode ?? 0), reject);
    });
    sending.on('error', reject).end(BODY);
  });
  if (status !== 202) throw new Error(`The callback was answered with ${status}.`);
}

/** Sends callbacks, some of them at the same time, and gives the milliseconds that all took. */
export async function postAll(urls: readonly string[]): Promise<number> {
  const left = urls.values();
  const start = performance.now();
  const sendNext = async () => {
    for (const url of left) await post(url);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendNext));
  return performance.now() - start;
}
