import { Context } from '@temporalio/activity';
import { activityFailure } from '../../src/activities/awsFailure.js';
import { beating } from '../../src/activities/beat.js';
import type { Activities } from '../../src/activities/createActivities.js';
import type { Failure } from '../../src/domain/failures.js';

export type ActivityName = keyof Activities;

interface Fault {
  activity: ActivityName;
  of: string;
  times: number;
  happen: () => Promise<void>;
}

/** What goes wrong with activities, as a test wants it. */
export class MemoryFaults {
  readonly #faults: Fault[] = [];
  readonly #hanging: (() => void)[] = [];

  /**
   * Makes the next calls fail, of this activity for this function, package or gate.
   *
   * @param after - how many calls go well before
   */
  fail(activity: ActivityName, of: string, failure: Failure, times = 1, after = 0): void {
    if (after > 0) this.#faults.push({ activity, of, times: after, happen: async () => {} });
    const happen = (): Promise<void> =>
      Promise.reject(activityFailure(failure, { retryable: false }));
    this.#faults.push({ activity, of, times, happen });
  }

  /**
   * Makes every call fail in a way that may pass, so that it is tried again and again. Resolves when
   * the first has failed.
   */
  failForEver(activity: ActivityName, of: string): Promise<void> {
    const failure = { code: 'throttled', message: 'Rate exceeded.' } as const;
    return new Promise((failed) => {
      const happen = (): Promise<void> => {
        failed();
        return Promise.reject(activityFailure(failure, { retryable: true }));
      };
      this.#faults.push({ activity, of, times: Infinity, happen });
    });
  }

  /** Nothing fails any more. */
  mend(): void {
    this.#faults.length = 0;
  }

  /** Makes the next call wait until it is cancelled, or released. Resolves when it was made. */
  hang(activity: ActivityName, of: string): Promise<void> {
    return new Promise((reached) => {
      const happen = beating(() => {
        reached();
        const released = new Promise<void>((resolve) => this.#hanging.push(resolve));
        return Promise.race([Context.current().cancelled, released]);
      });
      this.#faults.push({ activity, of, times: 1, happen });
    });
  }

  /** Lets everything go on that hangs. */
  release(): void {
    for (const goOn of this.#hanging.splice(0)) goOn();
  }

  /** To be called by every activity, before it does anything. */
  protected async fault(activity: ActivityName, of: string): Promise<void> {
    const fault = this.#faults.find(
      (one) => one.activity === activity && one.of === of && one.times > 0,
    );
    if (fault === undefined) return;
    fault.times -= 1;
    await fault.happen();
  }
}
