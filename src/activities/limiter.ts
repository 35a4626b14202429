/**
 * What AWS counts apart, and how much of it beside what all other calls to Lambda's control plane share:
 * GetFunction has 100 requests a second and GetPolicy 15, as many as the others together. Source:
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (API requests). ECR's
 * DescribeImages has more than it is asked here.
 */
const SHARES = { getFunction: 100 / 15, getPolicy: 1, control: 1, images: 1 } as const;

/** What AWS counts apart. */
export type Pool = keyof typeof SHARES;

/** Who passes first where calls have to wait: the higher. */
export const [LAST, NORMAL, FIRST] = [-1, 0, 1] as const;

/** How a request passes. */
interface Passing {
  /** Gives the place up; the promise then rejects with the signal's reason. */
  signal: AbortSignal;
  priority: number;
  /** Whether an error says that there were too many requests. */
  isThrottled: (error: unknown) => boolean;
}

interface Waiter {
  priority: number;
  go: () => void;
}

/**
 * How much a throttled call lowers the rate, once in a while, and how fast it comes back: so much that
 * several workers find equal shares of what AWS allows, and so little that next to nothing of it is lost.
 */
const SLOWER = 0.7;
const RECOVERY_PER_SECOND = 0.05;
const SLOWEST = 0.5;

/** What was under way together is throttled together, and says the same of one rate. */
const SAME_MS = 1000;

/** How long a request is sent again by itself; after that its activity fails, which people see. */
const PATIENCE_MS = 5000;

/** It has waited already, so it goes before those that it waited with. */
const BEFORE_ITS_EQUALS = 0.5;

/**
 * One token bucket per account, region and quota. AWS counts the requests of every caller in the
 * account, so the limiter also learns: a throttled call lowers the rate by three tenths, and it then
 * recovers by a twentieth of the configured rate each second. In this way workers that know nothing of
 * each other share what AWS allows.
 *
 * Rollbacks pass before everything else that waits, and what only looks ahead after it.
 */
export class Limiter {
  readonly #buckets = new Map<string, Bucket>();

  /** @param requestsPerSecond - of the shared quota; GetFunction gets AWS's 100 in proportion */
  constructor(private readonly requestsPerSecond: number) {}

  bucket(account: string, region: string, pool: Pool): Bucket {
    const key = `${account}/${region}/${pool}`;
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      bucket = new Bucket(this.requestsPerSecond * SHARES[pool]);
      this.#buckets.set(key, bucket);
    }
    return bucket;
  }
}

export class Bucket {
  readonly #waiting: Waiter[] = [];
  #tokens: number;
  #rate: number;
  #updatedAt = performance.now();
  #slowedAt = -SAME_MS;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly fullRate: number) {
    this.#rate = fullRate;
    this.#tokens = Math.max(1, fullRate);
  }

  /** The present rate, in requests per second. */
  get rate(): number {
    return this.#rate;
  }

  /**
   * Sends a request when it may be sent, and again for a few seconds while it is throttled: AWS has not
   * carried it out then.
   */
  async pass<Output>(
    send: () => Promise<Output>,
    { signal, priority, isThrottled }: Passing,
  ): Promise<Output> {
    let throttledAt: number | undefined;
    for (;;) {
      await this.acquire(
        signal,
        throttledAt === undefined ? priority : priority + BEFORE_ITS_EQUALS,
      );
      try {
        return await send();
      } catch (error) {
        if (!isThrottled(error)) throw error;
        this.throttled();
        throttledAt ??= performance.now();
        if (performance.now() - throttledAt >= PATIENCE_MS) throw error;
      }
    }
  }

  /**
   * Resolves when a request may be sent; a higher priority goes first.
   *
   * @param signal - gives the place up; the promise then rejects with the signal's reason
   */
  async acquire(signal: AbortSignal, priority: number = NORMAL): Promise<void> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = withResolvers();
    const waiter = { priority, go: resolve };
    const giveUp = (): void => {
      const place = this.#waiting.indexOf(waiter);
      if (place !== -1) this.#waiting.splice(place, 1);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    const place = this.#waiting.findIndex((other) => other.priority < priority);
    this.#waiting.splice(place === -1 ? this.#waiting.length : place, 0, waiter);
    this.#release();
    await promise.finally(() => signal.removeEventListener('abort', giveUp));
  }

  throttled(): void {
    this.#refill();
    this.#tokens = Math.min(0, this.#tokens);
    if (this.#updatedAt - this.#slowedAt < SAME_MS) return;
    this.#slowedAt = this.#updatedAt;
    this.#rate = Math.max(SLOWEST, this.#rate * SLOWER);
  }

  #refill(): void {
    const now = performance.now();
    const seconds = (now - this.#updatedAt) / 1000;
    this.#updatedAt = now;
    this.#rate = Math.min(
      this.fullRate,
      this.#rate + this.fullRate * RECOVERY_PER_SECOND * seconds,
    );
    this.#tokens = Math.min(Math.max(1, this.#rate), this.#tokens + this.#rate * seconds);
  }

  #release(): void {
    this.#refill();
    while (this.#tokens >= 1 && this.#waiting.length > 0) {
      this.#tokens -= 1;
      this.#waiting.shift()?.go();
    }
    if (this.#waiting.length === 0 || this.#timer !== undefined) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#release();
      },
      Math.ceil(((1 - this.#tokens) / this.#rate) * 1000),
    );
  }
}

function withResolvers() {
  let resolve: () => void = () => undefined;
  let reject: (reason: Error) => void = () => undefined;
  const promise = new Promise<void>((resolved, rejected) => {
    resolve = resolved;
    reject = rejected;
  });
  return { promise, resolve, reject };
}
