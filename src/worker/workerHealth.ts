import { setTimeout as sleep } from 'node:timers/promises';
import type { NativeConnection, Worker } from '@temporalio/worker';
import type { TemporalSettings } from '../settings/temporal.js';
import type { Health } from './health.js';

/** How long an answer from Temporal counts, in milliseconds. */
const RECENT_MS = 5000;

/** How long Temporal may take to answer, in milliseconds. */
const PATIENCE_MS = 2000;

interface Running {
  worker: Pick<Worker, 'getState'>;
  connection: Pick<NativeConnection, 'workflowService'>;
}

/** The health of a worker, from before it has connected until it has stopped. */
export class WorkerHealth implements Health {
  #running: Running | undefined;
  #stopping = false;
  #lastAnswer = -Infinity;
  #asking: Promise<boolean> | undefined;

  constructor(private readonly temporal: TemporalSettings) {}

  started(running: Running): void {
    this.#running = running;
  }

  /** Somebody asked the process to end: that it takes no more work is no fault from now on. */
  stopping(): void {
    this.#stopping = true;
  }

  /** The SDK ends a worker by itself after a fault of its own, and may hang in doing so. */
  live(): string | undefined {
    const state = this.#running?.worker.getState();
    if (state === undefined || state === 'INITIALIZED' || state === 'RUNNING') return undefined;
    if (state !== 'FAILED' && this.#stopping) return undefined;
    return `The worker takes no more work although nobody asked it to stop: its state is ${state}.`;
  }

  async ready(): Promise<string | undefined> {
    if (this.#running === undefined) return 'The worker is starting.';
    const state = this.#running.worker.getState();
    if (state !== 'RUNNING') return `The worker is not running: its state is ${state}.`;
    if (await this.#temporalAnswers(this.#running)) return undefined;
    return `Temporal does not answer at ${this.temporal.address}.`;
  }

  /** However many ask at once, Temporal is asked once. */
  async #temporalAnswers({ connection }: Running): Promise<boolean> {
    if (performance.now() - this.#lastAnswer < RECENT_MS) return true;
    this.#asking ??= this.#ask(connection).finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  /** The connection repeats a failed request by itself for longer than anyone wants to wait. */
  async #ask({ workflowService }: Running['connection']): Promise<boolean> {
    const answered = workflowService.getSystemInfo({}).then(
      () => true,
      () => false,
    );
    const inTime = await Promise.race([answered, sleep(PATIENCE_MS, false, { ref: false })]);
    if (inTime) this.#lastAnswer = performance.now();
    return inTime;
  }
}
