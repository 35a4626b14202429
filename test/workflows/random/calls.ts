import { setTimeout as wait } from 'node:timers/promises';
import { activityInfo, heartbeat, sleep } from '@temporalio/activity';
import { activityFailure } from '../../../src/activities/awsFailure.js';
import type { FailureCode } from '../../../src/domain/failures.js';
import type { Activities } from '../../../src/activities/createActivities.js';
import type { ActivityName } from '../../support/memoryFaults.js';
import type { Fault } from './faults.js';
import type { Act } from './scenario.js';

/** What the activities that the workflows call have in common in their inputs. */
export interface CallInput {
  target: string;
  function?: string;
  gate?: string;
  rollback?: boolean;
  package?: { key: string };
}

/** One attempt of an activity, in the order in which they began. */
export interface Call {
  activity: ActivityName;
  input: CallInput;
  /** When it was due, in the server's time, in milliseconds. */
  at: number;
  succeeded: boolean;
}

export const REFUSED = 'settingsRejected';

type Activity<Input = never> = (input: Input) => Promise<unknown>;

/** Stands between the workflows and the Lambda in memory: counts, disturbs and remembers calls. */
export class Calls {
  readonly made: Call[] = [];
  readonly #faults: { fault: Fault; before: number; left: number }[];
  readonly #late: Promise<unknown>[] = [];

  /** @param act - carries out what is to be done while the n-th call is under way */
  constructor(
    faults: readonly Fault[],
    private readonly acts: readonly Act[],
    private readonly act: (act: Act) => Promise<void>,
  ) {
    this.#faults = faults.map((fault) => ({
      fault,
      before: fault.after,
      left: fault.times === 'always' ? Infinity : fault.times,
    }));
  }

  around(activities: Activities): Activities {
    const wrapped = Object.entries(activities as unknown as Record<ActivityName, Activity>).map(
      ([name, activity]) => [
        name,
        (input: never) => this.#make(name as ActivityName, activity, input),
      ],
    );
    return Object.fromEntries(wrapped) as Activities;
  }

  /** Resolves when nothing is on its way any more. */
  async arrived(): Promise<void> {
    await Promise.all(this.#late);
  }

  async #make(name: ActivityName, activity: Activity, input: never): Promise<unknown> {
    const at = activityInfo().currentAttemptScheduledTimestampMs;
    const number = this.made.length;
    const call: Call = { activity: name, input, at, succeeded: false };
    this.made.push(call);
    await this.#actAt(number, 'goes on');
    if (await this.#actAt(number, 'waits')) await untilCancelled();
    const result = await this.#disturbed(call, activity as Activity<object>);
    await this.#actAt(number, 'is done');
    call.succeeded = true;
    return result;
  }

  async #disturbed(call: Call, activity: Activity<object>): Promise<unknown> {
    const { input } = call;
    const go = (): Promise<unknown> => activity(input);
    const fault = this.#faultOf(call);
    switch (fault?.kind) {
      case 'refused':
        throw failureOf(call, REFUSED);
      case 'throttled':
        throw failureOf(call, 'throttled');
      case 'lost':
        await go();
        throw failureOf(call, 'throttled');
      case 'late':
        this.#late.push(
          wait(fault.lateByMs)
            .then(() => activity(asSent(input)))
            .catch(() => undefined),
        );
        throw failureOf(call, 'throttled');
      case undefined:
        return go();
    }
  }

  #faultOf(call: Call): Fault | undefined {
    const found = this.#faults.find(({ fault, left }) => left > 0 && isAbout(fault, call));
    if (found === undefined) return undefined;
    if (found.before > 0) {
      found.before -= 1;
      return undefined;
    }
    found.left -= 1;
    return found.fault;
  }

  async #actAt(number: number, which: string): Promise<boolean> {
    const due = this.acts.filter(
      ({ moment }) => 'call' in moment && moment.call === number && moment.which === which,
    );
    for (const act of due) await this.act(act);
    return due.length > 0;
  }
}

function failureOf({ activity, input }: Call, code: FailureCode): Error {
  const { function: name, target } = input;
  const message = `AWS does not ${activity} of ${name ?? 'something'}.`;
  const failure = { code, message, target, ...(name !== undefined && { function: name }) };
  return activityFailure(failure, { retryable: code === 'throttled' });
}

/** What else it depends on was looked at before it was sent, and is not looked at again by AWS. */
function asSent(input: CallInput): object {
  const { latest: _, ...request } = input as CallInput & { latest?: unknown };
  return request;
}

function isAbout({ activity, of, back }: Fault, call: Call): boolean {
  if (activity !== call.activity) return false;
  const { input } = call;
  if (activity === 'pinPackages') {
    return (input as unknown as CallInput[]).some((one) => one.package?.key === of);
  }
  return (input.gate ?? input.function) === of && (input.rollback ?? false) === back;
}

/** Long enough for a cancellation to arrive; the call goes on when none does. */
async function untilCancelled(): Promise<void> {
  for (let beats = 0; beats < 6; beats += 1) {
    heartbeat();
    await sleep(50);
  }
}
