import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Limiter } from '../../src/activities/limiter.js';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const never = (): AbortSignal => new AbortController().signal;

const bucket = (rate: number) => new Limiter(rate).bucket('111111111111', 'us-east-1', 'control');

/** Takes as many places as are given within the time, and notes in which order. */
function queue(requests: { name: string; priority?: number }[], rate: number): string[] {
  const order: string[] = [];
  const one = bucket(rate);
  for (const { name, priority } of requests)
    void one.acquire(never(), priority).then(() => order.push(name));
  return order;
}

describe('the limiter', () => {
  it('lets a burst of one second through at once and the rest at the rate', async () => {
    const order = queue(
      Array.from({ length: 20 }, (_, index) => ({ name: String(index) })),
      10,
    );
    await jest.advanceTimersByTimeAsync(0);
    expect(order).toHaveLength(10);
    await jest.advanceTimersByTimeAsync(510);
    expect(order).toHaveLength(15);
    await jest.advanceTimersByTimeAsync(1000);
    expect(order).toHaveLength(20);
  });

  it('lets rollbacks pass before everything that waits', async () => {
    const waiting = Array.from({ length: 3 }, (_, index) => ({ name: `forward ${index}` }));
    const order = queue([...waiting, { name: 'back', priority: 1 }], 1);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(order).toEqual(['forward 0', 'back', 'forward 1', 'forward 2']);
  });

  it('lets go of whoever is cancelled, and gives the place to the next', async () => {
    const one = bucket(1);
    await one.acquire(never());
    const cancelling = new AbortController();
    const given = one.acquire(cancelling.signal);
    const next = one.acquire(never());
    cancelling.abort(new Error('cancelled'));
    await expect(given).rejects.toThrow('cancelled');
    await jest.advanceTimersByTimeAsync(1000);
    await next;
  });

  it('slows down when AWS throttles, and recovers', async () => {
    const one = bucket(10);
    one.throttled();
    expect(one.rate).toBe(5);
    for (let times = 0; times < 20; times += 1) one.throttled();
    expect(one.rate).toBe(0.5);
    await jest.advanceTimersByTimeAsync(20_000);
    const passed = one.acquire(never());
    await jest.advanceTimersByTimeAsync(0);
    await passed;
    expect(one.rate).toBe(10);
  });

  it('counts accounts, regions and quotas apart', () => {
    const limiter = new Limiter(10);
    const same = limiter.bucket('1', 'eu-west-1', 'control');
    expect(limiter.bucket('1', 'eu-west-1', 'control')).toBe(same);
    expect(limiter.bucket('2', 'eu-west-1', 'control')).not.toBe(same);
    expect(limiter.bucket('1', 'us-east-1', 'control')).not.toBe(same);
    expect(limiter.bucket('1', 'eu-west-1', 'getFunction')).not.toBe(same);
    expect(limiter.bucket('1', 'eu-west-1', 'getFunction').rate).toBeCloseTo(66.7, 1);
  });
});
