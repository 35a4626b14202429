import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { portOrFree } from '../../src/local/ports.js';
import { measured } from '../../src/metrics/provider.js';
import { Receiver } from '../activities/webhooks/receiver.js';
import { answers } from './answering.js';
import { answerOf, problem, providerOf, question } from './bench.js';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await Receiver.start();
});
afterEach(() => receiver.stop());

const ask = (url = receiver.url) => answerOf({ type: 'prometheus', url }, 'up');

describe('a provider over HTTP', () => {
  it('is not followed elsewhere', async () => {
    receiver.answer = (_, response) => {
      response.writeHead(302, { Location: `${receiver.url}/elsewhere` }).end();
    };
    expect(await ask()).toEqual(
      problem('refused', 'Prometheus redirects (302), and redirects are not followed'),
    );
    expect(receiver.received).toHaveLength(1);
  });

  it('that is not there is unavailable', async () => {
    const port = await portOrFree(undefined, 'nothing');
    expect(await ask(`http://127.0.0.1:${port}`)).toEqual(
      problem('unavailable', 'Prometheus refuses connections'),
    );
  });

  it('is not called at a port of another protocol', async () => {
    expect(await ask('http://127.0.0.1:6000')).toEqual(
      problem('refused', 'Prometheus has a port that belongs to another protocol'),
    );
  });

  it('that breaks off in the middle is unavailable', async () => {
    receiver.answer = (_, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('{');
      response.socket?.end();
    };
    expect(await ask()).toEqual(problem('unavailable', 'Prometheus broke the connection off'));
  });

  it('that does not speak HTTP is unavailable', async () => {
    await using server = createServer((socket) => socket.resume().end('SSH-2.0-x\r\n')).listen(
      0,
      '127.0.0.1',
    );
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    expect(await ask(`http://127.0.0.1:${port}`)).toEqual(
      problem('unavailable', 'Prometheus does not answer in HTTP'),
    );
  });

  it('is not waited for endlessly', async () => {
    receiver.answer = (_, response) => void response.writeHead(200).write('{');
    const provider = providerOf({ type: 'prometheus', url: receiver.url }, { totalMs: 100 });
    expect(await measured(() => provider.ask(question('up')))).toEqual(
      problem('unavailable', 'did not answer within 0.1 s'),
    );
  });

  it('is not read endlessly', async () => {
    answers(receiver, `"${'x'.repeat(1024 * 1024)}"`);
    expect(await ask()).toEqual(problem('refused', 'gives more than 1 MiB'));
  });

  it('is let go when the step is cancelled', async () => {
    const cancelled = new AbortController();
    receiver.answer = () => cancelled.abort(new Error('cancelled'));
    const settings = { type: 'prometheus', url: receiver.url } as const;
    await expect(answerOf(settings, 'up', { signal: cancelled.signal })).rejects.toThrow(
      'cancelled',
    );
  });
});
