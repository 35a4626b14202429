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

const THROTTLED = new Error('Rate exceeded');

/** What AWS does: it takes so many requests a second, of whoever sends them. */
function allowing(rate: number): () => Promise<void> {
  let [tokens, at] = [rate, performance.now()];
  return async () => {
    const now = performance.now();
    tokens = Math.min(rate, tokens + ((now - at) / 1000) * rate);
    at = now;
    if (tokens < 1) throw THROTTLED;
    tokens -= 1;
    return Promise.resolve();
  };
}

/** What each worker sends, forty at a time. */
const REQUESTS = 400;

function worker(aws: () => Promise<void>): { done: number; all: Promise<unknown> } {
  const one = bucket(15);
  let left = REQUESTS;
  const state = { done: 0, all: Promise.resolve() as Promise<unknown> };
  const goOn = async (): Promise<void> => {
    while (left-- > 0) {
      const passing = {
        signal: never(),
        priority: 0,
        isThrottled: (error: unknown) => error === THROTTLED,
      };
      // Its activity fails, and is run again.
      while (
        !(await one.pass(aws, passing).then(
          () => true,
          () => false,
        ))
      );
      state.done += 1;
    }
  };
  state.all = Promise.all(Array.from({ length: 40 }, goOn));
  return state;
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
    expect(one.rate).toBe(7);
    for (let times = 0; times < 20; times += 1) {
      await jest.advanceTimersByTimeAsync(1000);
      one.throttled();
    }
    expect(one.rate).toBeLessThan(2);
    await jest.advanceTimersByTimeAsync(20_000);
    const passed = one.acquire(never());
    await jest.advanceTimersByTimeAsync(0);
    await passed;
    expect(one.rate).toBe(10);
  });

  it('slows down once for what was throttled together', () => {
    const one = bucket(10);
    for (let times = 0; times < 5; times += 1) one.throttled();
    expect(one.rate).toBe(7);
  });

  it('sends again what is throttled, before what waits with it, and gives up after some seconds', async () => {
    const one = bucket(1);
    const throttled = new Error('throttled');
    const passing = {
      signal: never(),
      priority: 0,
      isThrottled: (error: unknown) => error === throttled,
    };
    const order: string[] = [];
    const send = (name: string, failures: number) => () => {
      order.push(name);
      return failures-- > 0 ? Promise.reject(throttled) : Promise.resolve(name);
    };
    const first = one.pass(send('first', 1), passing);
    const second = one.pass(send('second', 0), passing);
    const givenUp = expect(one.pass(send('never', Infinity), passing)).rejects.toBe(throttled);
    await jest.advanceTimersByTimeAsync(60_000);
    await expect(Promise.all([first, second])).resolves.toEqual(['first', 'second']);
    await givenUp;
    expect(order.slice(0, 4)).toEqual(['first', 'first', 'second', 'never']);
  });

  it('lets workers that know nothing of each other share what AWS allows, and loses little of it', async () => {
    const aws = allowing(15);
    const workers = Array.from({ length: 3 }, () => worker(aws));
    const startedAt = performance.now();
    let doneByAll: number[] | undefined;
    for (const { all } of workers)
      void all.then(() => (doneByAll ??= workers.map((one) => one.done)));
    const whole = Promise.all(workers.map(({ all }) => all)).then(() => performance.now());
    await jest.advanceTimersByTimeAsync(120_000);
    const ideal = ((3 * REQUESTS - 15) / 15) * 1000;
    expect((await whole) - startedAt).toBeLessThan(ideal * 1.05);
    expect(Math.min(...(doneByAll ?? [0]))).toBeGreaterThan(REQUESTS * 0.75);
  });

  it('counts accounts, regions and quotas apart', () => {
    const limiter = new Limiter(10);
    const same = limiter.bucket('1', 'eu-west-1', 'control');
    expect(limiter.bucket('1', 'eu-west-1', 'control')).toBe(same);
    expect(limiter.bucket('2', 'eu-west-1', 'control')).not.toBe(same);
    expect(limiter.bucket('1', 'us-east-1', 'control')).not.toBe(same);
    expect(limiter.bucket('1', 'eu-west-1', 'getFunction')).not.toBe(same);
    expect(limiter.bucket('1', 'eu-west-1', 'getPolicy')).not.toBe(same);
    expect(limiter.bucket('1', 'eu-west-1', 'getFunction').rate).toBeCloseTo(66.7, 1);
  });
});
