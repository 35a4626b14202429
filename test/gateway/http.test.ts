import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ANSWERS } from '../../src/gateway/answers.js';
import { MAX_MARKDOWN } from '../../src/domain/markdown.js';
import { OTHER_KEY } from '../callbacks/support.js';
import { until } from '../support/until.js';
import { callbackPath, GatewayInProcess, said } from './gatewayInProcess.js';

let gateway: GatewayInProcess;
beforeEach(async () => {
  gateway = await GatewayInProcess.start();
});
afterEach(() => gateway.stop());

async function restarted(...changes: Parameters<typeof GatewayInProcess.start>) {
  await gateway.stop();
  gateway = await GatewayInProcess.start(...changes);
}

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

function messageOf(name: keyof typeof ANSWERS) {
  return { message: ANSWERS[name].message };
}

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

describe('the log', () => {
  it('says what became of a callback, for which step', async () => {
    await gateway.post(await callbackPath());
    await gateway.post(await callbackPath({}, [], { ...OTHER_KEY, id: 'old' }));
    expect(gateway.log).toMatchObject([
      {
        level: 'INFO',
        message: 'Callback',
        outcome: 'accepted',
        code: 202,
        client: '127.0.0.1',
        workflowId: 'sluice:shop:prod',
        gate: 'prod/before/1',
      },
      { level: 'INFO', outcome: 'unknownKey', code: 403 },
    ]);
  });

  it('never holds a token, a body or a header', async () => {
    const path = await callbackPath();
    const headers = { 'Content-Type': 'application/json', Authorization: 'Bearer hush' };
    await gateway.post(path, { success: true, mdMessage: 'hush' }, headers);
    await gateway.post(path, '{"hush"', headers);
    await gateway.post(path, 'hush', { ...headers, 'Content-Type': 'text/hush' });
    await gateway.post(`${path}?hush`, { success: 1 }, headers);
    const text = JSON.stringify(gateway.log);
    expect(gateway.log).toHaveLength(4);
    expect(text).not.toContain('hush');
    expect(text).not.toContain(path.split('/')[2]);
  });

  it('is not filled by those who look for what there is', async () => {
    await gateway.post('/wp-login.php');
    await fetch(gateway.url(await callbackPath()));
    expect(gateway.log).toEqual([]);
  });
});

describe('the metrics', () => {
  it('count what became of the requests, and how long that took', async () => {
    await gateway.post(await callbackPath());
    await gateway.post('/callbacks/x/callback');
    await gateway.post('/nowhere');
    await gateway.post('/callbacks/%zz/callback');
    await fetch(gateway.url('/healthz'));
    const text = await until('all were counted', async () => {
      const all = await gateway.metrics.text();
      return all.includes('duration_seconds_count 3\n') ? all : undefined;
    });
    expect(text.match(/^sluice_gateway_requests_total.*$/gm)).toEqual([
      'sluice_gateway_requests_total{outcome="accepted"} 1',
      'sluice_gateway_requests_total{outcome="forged"} 1',
      'sluice_gateway_requests_total{outcome="notFound"} 1',
      'sluice_gateway_requests_total{outcome="malformed"} 1',
    ]);
    const [, seconds] = /^sluice_gateway_request_duration_seconds_sum (\S+)$/m.exec(text) ?? [];
    expect(Number(seconds)).toBeGreaterThan(0);
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });
});

describe('the health of a gateway', () => {
  it('is asked for with GET or HEAD', async () => {
    expect(await said(await fetch(gateway.url('/healthz')))).toEqual([200, { status: 'ok' }]);
    expect(await said(await fetch(gateway.url('/readyz?x')))).toEqual([200, { status: 'ok' }]);
    expect((await fetch(gateway.url('/readyz'), { method: 'HEAD' })).status).toBe(200);
    const posted = await gateway.post('/readyz');
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('is bad while nothing can be delivered, and tells no more than that', async () => {
    await restarted({ isReady: () => Promise.resolve(false) });
    expect((await fetch(gateway.url('/healthz'))).status).toBe(200);
    expect(await said(await fetch(gateway.url('/readyz')))).toEqual([
      503,
      { status: 'unavailable', message: 'Callbacks cannot be delivered at the moment.' },
    ]);
  });
});

describe('too many requests', () => {
  const from = (client: string) => async () => {
    const headers = { 'X-Forwarded-For': client, 'Content-Type': 'application/json' };
    return gateway.post(await callbackPath(), undefined, headers);
  };

  async function statuses(...sends: (() => Promise<Response>)[]): Promise<number[]> {
    const all: number[] = [];
    for (const send of sends) all.push((await send()).status);
    return all;
  }

  it('are refused, and so are those that are for nothing', async () => {
    await restarted({ settings: { requestsPerSecond: 2 } });
    await gateway.post('/nowhere');
    await gateway.post('/callbacks/x/callback');
    const answer = await gateway.post(await callbackPath());
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await said(answer)).toEqual([
      429,
      { status: 'tooManyRequests', ...messageOf('tooManyRequests') },
    ]);
    expect((await gateway.post('/nowhere')).status).toBe(429);
    expect((await fetch(gateway.url('/healthz'))).status).toBe(200);
    expect(gateway.delivered).toEqual([]);
  });

  it('are counted by who the trusted proxies forward, an IPv6 network as one', async () => {
    const trustedProxies = ['127.0.0.0/8', '10.0.0.0/8'];
    await restarted({ settings: { requestsPerSecond: 1, trustedProxies } });
    const [one, other] = [from('203.0.113.1, 10.1.2.3'), from('203.0.113.2, 10.1.2.3')];
    expect(await statuses(one, other, one)).toEqual([202, 202, 429]);
    const neighbours = [from('2001:db8::1'), from('2001:db8::2')];
    expect(await statuses(...neighbours)).toEqual([202, 429]);
  });

  it('cannot be hidden by who is no trusted proxy', async () => {
    await restarted({ settings: { requestsPerSecond: 1 } });
    expect(await statuses(from('203.0.113.1'), from('203.0.113.2'))).toEqual([202, 429]);
  });
});
