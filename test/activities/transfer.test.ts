import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LambdaClient, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import { Transfer } from '../../src/activities/transfer.js';
import { uploading } from '../../src/activities/upload.js';
import {
  bytesToSend,
  transferTimeoutMs,
  uploadTimeoutMs,
} from '../../src/domain/requestTimeout.js';
import { sizeText } from '../../src/domain/sizeText.js';

const MB = 1024 * 1024;
const access = {
  application: 'shop',
  deploymentId: 'd',
  target: 'prod',
  deployRoleArn: 'arn:aws:iam::111111111111:role/Deploy',
  region: 'eu-west-1',
  function: 'orders',
};

let server: Server | undefined;
afterEach(async () => {
  if (!server?.listening) return;
  server.closeAllConnections();
  await once(server.close(), 'close');
});

/** Sends so much code to something that listens where Lambda would. */
async function upload(
  codeBytes: number,
  listener: Parameters<typeof createServer>[1],
  timeoutMs?: number,
) {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = new LambdaClient({
    region: access.region,
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
  const ZipFile = new Uint8Array(codeBytes).fill(7);
  const command = new UpdateFunctionCodeCommand({ FunctionName: 'orders', ZipFile });
  const doing = 'update the code of orders';
  const send = uploading(
    { access, command, codeBytes, doing },
    (with_, options) => with_.send(command, options),
    timeoutMs,
  );
  return send(client, { abortSignal: AbortSignal.timeout(1) });
}

describe('code that is sent in a request', () => {
  it('arrives byte by byte as it would without being counted, whatever limit others have', async () => {
    let received: { ZipFile?: string } = {};
    const answer = await upload(3 * MB, (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        received = JSON.parse(Buffer.concat(parts).toString()) as { ZipFile?: string };
        response.setHeader('content-type', 'application/json');
        response.end('{"CodeSha256": "hash"}');
      });
    });
    expect(answer.CodeSha256).toBe('hash');
    const sent = Buffer.from(received.ZipFile ?? '', 'base64');
    expect(sent.equals(Buffer.alloc(3 * MB, 7))).toBe(true);
  });

  it('is given up for good when its time is up before it was sent, and told with size and speed', async () => {
    const slow = upload(64 * MB, (request) => request.pause(), 300);
    const failure = await slow.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure).toMatchObject({
      type: 'awsUnavailable',
      nonRetryable: true,
      message: expect.stringMatching(
        /^Could not update the code of orders in eu-west-1: the worker has handed over [\d.]+ .?B of 85\.3 MB in \d+ seconds \([\d.]+ .?B a second\), and 0\.3 s is the limit for that size\.$/,
      ),
      details: [{ remedy: expect.stringContaining('faster way to AWS in eu-west-1') }],
    });
  });

  it('may have arrived when only its answer is missing, so it is tried again', async () => {
    const unanswered = upload(1024, (request) => request.resume(), 500);
    await expect(unanswered).rejects.toMatchObject({ type: 'awsUnavailable', nonRetryable: false });
  });
});

describe('bytes that are read', () => {
  it('are given up when none come any more, and may come the next time', async () => {
    const transfer = new Transfer(4 * MB, { stalledAfterMs: 100 });
    transfer.moved(MB);
    await once(transfer.signal, 'abort');
    expect(transfer.isTooSlow).toBe(false);
    expect(transfer.givenUp).toMatch(
      /^1\.0 MB of 4\.0 MB in 0 seconds \([\d.]+ MB a second\), and then nothing for 0\.1 s$/,
    );
  });

  it('are not given up as long as they come', () => {
    jest.useFakeTimers();
    try {
      const transfer = new Transfer(undefined, { stalledAfterMs: 60_000 });
      jest.advanceTimersByTime(59_000);
      transfer.moved(MB);
      jest.advanceTimersByTime(59_000);
      expect(transfer.givenUp).toBeUndefined();
      jest.advanceTimersByTime(1_000);
      expect(transfer.givenUp).toContain('then nothing for');
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('how long bytes may take', () => {
  it('grows with their number, from what any request has to less than a signature is good for', () => {
    expect(transferTimeoutMs(0)).toBe(10_000);
    expect(transferTimeoutMs(MB)).toBe(26_000);
    expect(uploadTimeoutMs(12_000_000)).toBe(240_000);
    expect(uploadTimeoutMs()).toBe(240_000);
    expect(bytesToSend(3)).toBe(4);
    expect(bytesToSend(4)).toBe(8);
  });

  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KB'],
    [12.5 * MB, '12.5 MB'],
  ])('is told of %d bytes as %s', (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });
});
