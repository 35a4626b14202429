import { describe, expect, it } from '@jest/globals';
import { OTHER_KEY } from '../callbacks/support.js';
import { until } from '../support/until.js';
import { callbackPath, messageOf, said } from './gatewayInProcess.js';
import { gateway, restarted } from './ownGateway.js';

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
      return all.includes('duration_seconds_count 4\n') ? all : undefined;
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
    expect((await gateway.metrics.text()).match(/^sluice_gateway_requests_total.*$/gm)).toEqual([
      'sluice_gateway_requests_total{outcome="notFound"} 1',
      'sluice_gateway_requests_total{outcome="forged"} 1',
      'sluice_gateway_requests_total{outcome="tooManyRequests"} 2',
    ]);
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
