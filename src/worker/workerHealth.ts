import type { NativeConnection, Worker } from '@temporalio/worker';
import { TemporalAnswers } from '../process/temporalAnswers.js';
import type { TemporalSettings } from '../settings/temporal.js';
import type { Health } from './health.js';

interface Running {
  worker: Pick<Worker, 'getState'>;
  connection: Pick<NativeConnection, 'workflowService'>;
}

/** The health of a worker, from before it has connected until it has stopped. */
export class WorkerHealth implements Health {
  #running: { worker: Running['worker']; answers: TemporalAnswers } | undefined;
  #stopping = false;

  constructor(private readonly temporal: TemporalSettings) {}

  started({ worker, connection: { workflowService } }: Running): void {
    const answers = new TemporalAnswers(() => workflowService.getSystemInfo({}));
    this.#running = { worker, answers };
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
    if (await this.#running.answers.recently()) return undefined;
    return `Temporal does not answer at ${this.temporal.address}.`;
  }
}
