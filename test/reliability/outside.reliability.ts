import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callBack, callbackOf, called, Canary, GATE, isPromoted } from '../e2e/decidedCanary.js';
import { Outside } from '../e2e/outside.js';
import { untilOpen } from '../support/operator.js';
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

describe('A process between a deployment and another system is killed (SIGKILL)', () => {
  it('the gateway, while the callback is on its way', async (context) => {
    row(context, {
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

  it('the worker, before the callback comes', async (context) => {
    row(context, {
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

  it('the agent, in the middle of its call', async (context) => {
    row(context, {
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
