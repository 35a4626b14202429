import { afterEach, describe, expect, it } from '@jest/globals';
import { ANSWERS } from '../../src/gateway/answers.js';
import { MAX_MARKDOWN } from '../../src/domain/markdown.js';
import { OTHER_KEY } from '../callbacks/support.js';
import { callbackPath, messageOf, said } from './gatewayInProcess.js';
import { gateway, restarted } from './ownGateway.js';

describe('a callback', () => {
  it('is delivered to the step that its address is for', async () => {
    const answer = await gateway.post(await callbackPath(), { success: false, mdMessage: 'No.' });
    expect(await said(answer)).toEqual([202, { status: 'accepted' }]);
    expect(gateway.delivered).toMatchObject([
      {
        claims: { workflowId: 'sluice:shop:prod', gate: 'prod/before/1' },
        message: { gate: 'prod/before/1', success: false, mdMessage: 'No.' },
      },
    ]);
  });

  it('needs no message', async () => {
    await gateway.post(await callbackPath(), { success: true, mdMessage: ' ' });
    expect(gateway.delivered[0]?.message).toEqual({ gate: 'prod/before/1', success: true });
  });

  it('loses what could do harm, the secrets of the call and its own address', async () => {
    const path = await callbackPath({}, ['hunter2']);
    const mdMessage = `<img src=x> with hunter2 at ${gateway.url(path)} ${'x'.repeat(5000)}`;
    await gateway.post(path, { success: true, mdMessage });
    const { message } = gateway.delivered[0]!;
    expect(message.mdMessage).toMatch(
      /^< img src=x> with \*\*\* at http:\/\/127\.0\.0\.1:\d+\/callbacks\/\*\*\*\/callback x+…$/,
    );
    expect(message.mdMessage).toHaveLength(MAX_MARKDOWN);
  });

  it.each(['application/json; charset=utf-8', 'APPLICATION/JSON'])('may be %s', async (type) => {
    const answer = await gateway.post(await callbackPath(), undefined, { 'Content-Type': type });
    expect(answer.status).toBe(202);
  });

  it.each(['/sluice', '/a/b:c/*'])(
    'comes below the path of the public address, or without it: %s',
    async (publicPath) => {
      await restarted({ publicPath });
      const path = await callbackPath();
      expect((await gateway.post(`${publicPath}${path}`)).status).toBe(202);
      expect((await gateway.post(path)).status).toBe(202);
      expect((await gateway.post(`/other${path}`)).status).toBe(404);
    },
  );
});

describe('what is refused', () => {
  it('is an address that was not issued', async () => {
    const path = await callbackPath({}, [], OTHER_KEY);
    const { code, message } = ANSWERS.refused;
    expect(await said(await gateway.post(path))).toEqual([code, { status: 'refused', message }]);
    expect((await gateway.post('/callbacks/x/callback')).status).toBe(403);
    expect((await gateway.post(`/callbacks/${'x'.repeat(10_000)}/callback`)).status).toBe(403);
  });

  it('is an address of another namespace', async () => {
    const path = await callbackPath({ namespace: 'other' });
    expect((await gateway.post(path)).status).toBe(403);
  });

  it('is an address that has expired', async () => {
    const path = await callbackPath({ expiresAt: '2020-01-01T00:00:00Z' });
    expect(await said(await gateway.post(path))).toEqual([
      410,
      { status: 'expired', message: expect.stringContaining('has expired') },
    ]);
  });

  it('is a body that says nothing, with a sentence about it', async () => {
    expect(await said(await gateway.post(await callbackPath(), { success: 'yes' }))).toEqual([
      400,
      {
        status: 'malformed',
        message: expect.stringMatching(/^The body's "success" is neither true nor false\. Send /),
      },
    ]);
  });

  it.each([{ 'Content-Type': 'text/plain' }, { 'Content-Type': 'nonsense' }])(
    'is a body of another type: %j',
    async (headers) => {
      const answer = await gateway.post(await callbackPath(), undefined, headers);
      expect(await said(answer)).toEqual([415, { status: 'notJson', ...messageOf('notJson') }]);
    },
  );

  it('is a body that is too large', async () => {
    const answer = await gateway.post(await callbackPath(), { mdMessage: 'x'.repeat(70_000) });
    expect(await said(answer)).toEqual([413, { status: 'tooLarge', ...messageOf('tooLarge') }]);
  });

  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])(
    'is the method %s',
    async (method) => {
      const answer = await fetch(gateway.url(await callbackPath()), { method });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    },
  );

  it.each(['/', '//', '/callbacks', '/callbacks/x', '/callbacks/x/callback/', '/metrics', '/%2e'])(
    'is another path: %s',
    async (path) => {
      expect(await said(await gateway.post(path))).toEqual([
        404,
        { status: 'notFound', ...messageOf('notFound') },
      ]);
    },
  );

  it('is a path that cannot be decoded', async () => {
    expect((await gateway.post('/callbacks/%zz/callback')).status).toBe(400);
  });

  afterEach(() => {
    expect(gateway.delivered).toEqual([]);
  });
});

describe('what cannot be delivered', () => {
  it('may be sent again later', async () => {
    await restarted({ deliver: () => Promise.reject(new Error('away at 10.0.0.1')) });
    const answer = await gateway.post(await callbackPath());
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(await said(answer)).toEqual([
      503,
      { status: 'unavailable', ...messageOf('unavailable') },
    ]);
    expect(gateway.log[0]).toMatchObject({ level: 'WARN', error: { message: 'away at 10.0.0.1' } });
  });

  it('because the run has ended is not', async () => {
    await restarted({ deliver: () => Promise.resolve('ended') });
    const answer = await gateway.post(await callbackPath());
    expect(await said(answer)).toEqual([410, { status: 'ended', ...messageOf('ended') }]);
  });
});

describe('every answer', () => {
  const asked = async () => [
    gateway.post(await callbackPath()),
    gateway.post('/callbacks/x/callback'),
    gateway.post('/nowhere'),
    gateway.post('/%zz'),
    fetch(gateway.url('/healthz')),
    fetch(gateway.url('/readyz')),
  ];

  it('is JSON that nobody keeps, with the id of its request', async () => {
    for (const answer of await Promise.all(await asked())) {
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
      expect(await answer.json()).toHaveProperty('status');
    }
  });

  it('has the id that the request brought along, if that is a good one', async () => {
    const idFor = async (id: string) => {
      const headers = { 'X-Request-Id': id, 'Content-Type': 'application/json' };
      const answer = await gateway.post(await callbackPath(), undefined, headers);
      return answer.headers.get('x-request-id');
    };
    expect(await idFor('ci-4711.a')).toBe('ci-4711.a');
    expect(await idFor('a b')).not.toBe('a b');
    expect(await idFor('x'.repeat(101))).toMatch(/^[\da-f-]{36}$/);
    expect(gateway.log.map(({ requestId }) => requestId)[0]).toBe('ci-4711.a');
  });
});
