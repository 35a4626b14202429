import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { untilOpen } from '../support/operator.js';
import { everythingStored } from '../support/stored.js';
import {
  callBack,
  callbackOf,
  called,
  Canary,
  GATE,
  isAtQuarter,
  isBack,
  isPromoted,
} from './decidedCanary.js';
import { Outside, SECRET } from './outside.js';
import { row } from './table.js';

let outside: Outside;
beforeAll(async () => {
  outside = await Outside.start();
});
afterAll(async () => {
  await outside.stop();
});
beforeEach(() => {
  outside.receiver.received.length = 0;
  outside.receiver.answer = (_, response) => void response.end();
});

describe('a webhook that decides about a canary', () => {
  it('promotes it with a callback that says yes, and shows what it said', async () => {
    const canary = await Canary.make(outside);
    const deploying = canary.deploy();
    const call = await called(outside);
    expect(call).toMatchObject({ method: 'POST', headers: { authorization: `Bearer ${SECRET}` } });
    await untilOpen(canary.target, GATE);
    expect(await canary.alias()).toEqual(isAtQuarter);
    expect(await callBack(callbackOf(call), { success: true, mdMessage: '**214** passed' })).toBe(
      202,
    );
    const { exitCode, stdout } = await deploying;
    expect([exitCode, await canary.alias()]).toEqual([0, isPromoted]);
    expect(stdout).toContain(`${GATE} succeeded: **214** passed`);
  });

  it('takes it back with a callback that says no', async () => {
    const canary = await Canary.make(outside);
    const deploying = canary.deploy();
    await callBack(callbackOf(await called(outside)), { success: false, mdMessage: '3 failed' });
    const { exitCode, stdout } = await deploying;
    expect([exitCode, await canary.alias()]).toEqual([4, isBack]);
    expect(stdout).toContain('The callback of the webhook tests says that it failed: 3 failed');
  });

  it('is heard when it calls back before it has answered the call', async () => {
    const canary = await Canary.make(outside);
    outside.receiver.answer = (_, response) => {
      const [call] = outside.receiver.received;
      if (call !== undefined) {
        void callBack(callbackOf(call), { success: true }).then(() => response.end());
      }
    };
    const { exitCode } = await canary.deploy();
    expect([exitCode, await canary.alias()]).toEqual([0, isPromoted]);
  });

  it('counts its first callback, however often it calls back', async () => {
    const canary = await Canary.make(outside);
    const deploying = canary.deploy();
    const url = callbackOf(await called(outside));
    const statuses = [
      await callBack(url, { success: false }),
      await callBack(url, { success: true }),
    ];
    expect(statuses).toEqual([202, 202]);
    await deploying;
    expect(await canary.alias()).toEqual(isBack);
    expect(await callBack(url, { success: true })).toBe(202);
  });

  it('is not heard with an address that it made up', async () => {
    const canary = await Canary.make(outside);
    const deploying = canary.deploy();
    const url = callbackOf(await called(outside));
    const forged = url.replace(/[^/]{8}\/callback$/, 'AAAAAAAA/callback');
    expect(await callBack(forged, { success: true })).toBe(403);
    await untilOpen(canary.target, GATE);
    expect(await canary.alias()).toEqual(isAtQuarter);
    await callBack(url, { success: false });
    await deploying;
    expect(await canary.alias()).toEqual(isBack);
  });

  it('is waited for in silence until an operator takes everything back', async () => {
    const canary = await Canary.make(outside);
    const deploying = canary.deploy();
    const url = callbackOf(await called(outside));
    await untilOpen(canary.target, GATE);
    await canary.target.signal('rollback', { by: 'alice' });
    await deploying;
    expect(await canary.alias()).toEqual(isBack);
    expect(await callBack(url, { success: true })).toBe(410);
  });

  it('is called again when it is not there yet, and fails when it refuses for good', async () => {
    const canary = await Canary.make(outside);
    const statuses = [503, 429, 403];
    outside.receiver.answer = (_, response) =>
      void response.writeHead(statuses.shift() ?? 500).end(SECRET);
    const { exitCode, stdout } = await canary.deploy();
    expect([exitCode, await canary.alias()]).toEqual([4, isBack]);
    expect(outside.receiver.received).toHaveLength(3);
    expect(stdout).toMatch(/The webhook tests was answered by 127\.0\.0\.1:\d+ with 403/);
  });
});

describe('A process between a deployment and another system is killed (SIGKILL)', () => {
  it('the gateway, while the callback is on its way', async () => {
    row({
      Process: 'gateway',
      Killed: 'before the callback comes',
      Then: 'the callback is sent again, to another gateway',
      'Final state': 'exactly the new one',
    });
    const canary = await Canary.make(outside);
    const deploying = canary.deploy();
    const url = callbackOf(await called(outside));
    await outside.gateway.kill();
    const calling = callBack(url, { success: true });
    await outside.startGateway();
    expect(await calling).toBe(202);
    expect([(await deploying).exitCode, await canary.alias()]).toEqual([0, isPromoted]);
  });

  it('the worker, before the callback comes', async () => {
    row({
      Process: 'worker',
      Killed: 'while the callback is waited for',
      Then: 'the callback comes while no worker runs, and then another one',
      'Final state': 'exactly the new one',
    });
    const canary = await Canary.make(outside);
    const deploying = canary.deploy();
    const url = callbackOf(await called(outside));
    await untilOpen(canary.target, GATE);
    await outside.worker.kill();
    expect(await callBack(url, { success: true })).toBe(202);
    await outside.startWorker();
    expect([(await deploying).exitCode, await canary.alias()]).toEqual([0, isPromoted]);
  }, 90_000);

  it('the agent, in the middle of its call', async () => {
    row({
      Process: 'agent',
      Killed: 'before its call is answered',
      Then: 'another agent calls again, with the same `Idempotency-Key`',
      'Final state': 'exactly the new one',
    });
    const canary = await Canary.make(outside);
    const agent = await outside.startAgent('office');
    outside.receiver.answer = () => undefined;
    const deploying = canary.deploy({
      networkMode: 'remoteNetworkAgent',
      agentIdentifier: 'office',
    });
    const first = await called(outside);
    await agent.kill();
    outside.receiver.answer = (_, response) => void response.end();
    await outside.startAgent('office');
    const second = await called(outside, 2);
    expect(second.headers['idempotency-key']).toBe(first.headers['idempotency-key']);
    expect(callbackOf(second)).toBe(callbackOf(first));
    await callBack(callbackOf(second), { success: true });
    expect([(await deploying).exitCode, await canary.alias()]).toEqual([0, isPromoted]);
  }, 120_000);
});

describe('a secret of a webhook', () => {
  it('is nowhere but in the call, also when what is called repeats it', async () => {
    const canary = await Canary.make(outside);
    const answers = [500, 200];
    outside.receiver.answer = (request, response) =>
      void response.writeHead(answers.shift() ?? 200).end(request.headers.authorization);
    const deploying = canary.deploy();
    const url = callbackOf(await called(outside, 2));
    const encoded = Buffer.from(SECRET).toString('base64');
    await callBack(url, { success: false, mdMessage: `got ${SECRET}, ${encoded}` });
    const { stdout, stderr } = await deploying;
    const status = await outside.system.run([
      'deploy',
      'status',
      '-n',
      canary.application,
      '-o',
      'json',
    ]);
    const stored = await everythingStored(outside.system.client);
    expect(stored).toContain(canary.name);
    expect(stored).toContain('got ***');
    const everything = [stored, stdout, stderr, status.stdout, outside.printed()].join('\n');
    expect(everything).not.toContain(SECRET);
    expect(everything).not.toContain(encoded);
    const [token = ''] = /[^/]+(?=\/callback$)/.exec(url) ?? [];
    expect(token.length).toBeGreaterThan(100);
    expect(everything).not.toContain(token);
  });
});
