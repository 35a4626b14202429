import { defined } from '../../domain/defined.js';
import type { Plan } from '../../domain/plan.js';
import {
  type Dropped,
  type DropReason,
  type EnqueueAnswer,
  type EnqueueRequest,
  type LatestRun,
  MAX_REMEMBERED,
  type Queued,
  type QueueState,
  type Released,
} from '../../domain/queue.js';

/** A deployment in the queue. */
export interface WaitingEntry {
  queued: Queued;
  plan: Plan;
  /** The how-manieth that asked for a place. */
  arrival: number;
  /** The one that waited before, which will not run. */
  replaced?: Queued;
  /** The run that was open when it came, which is therefore not newer than itself. */
  behind?: string;
  /** What became of it, once it has left the queue. */
  left?: { state: 'started'; runId: string } | { state: 'dropped'; dropped: Dropped };
}

/** Who came before whom, and when. */
export interface Arrival {
  number: number;
  /** ISO 8601. */
  at: string;
}

/** What one run of the queue hands over to the next. */
export interface Handover {
  waiting?: WaitingEntry;
  released: Released[];
  dropped: Dropped[];
}

/** At most one deployment that waits, the newest; and what became of those before it. */
export class WaitingList {
  #waiting: WaitingEntry | undefined;
  #running: LatestRun | undefined;
  /** The last that was taken to be started. */
  #started: WaitingEntry | undefined;
  /** How many have asked for a place so far. */
  #arrivals: number;
  /** How many of them do not know yet whether they get one. */
  #expected = 0;
  readonly #released: Released[];
  readonly #dropped: Dropped[];

  /** @param changed - is called when the state is another than before */
  constructor(
    readonly application: string,
    { waiting, released, dropped }: Handover,
    private readonly changed: () => void,
  ) {
    this.#waiting = waiting;
    this.#arrivals = waiting?.arrival ?? 0;
    this.#released = released;
    this.#dropped = dropped;
  }

  get waiting(): WaitingEntry | undefined {
    return this.#waiting;
  }

  /** The run whose end is waited for. */
  get running(): LatestRun | undefined {
    return this.#running;
  }

  get state(): QueueState {
    return {
      schemaVersion: 1,
      application: this.application,
      waiting: this.#waiting?.queued ?? null,
      released: this.#released,
      dropped: this.#dropped,
    };
  }

  get handover(): Handover {
    return {
      ...defined({ waiting: this.#waiting }),
      released: this.#released,
      dropped: this.#dropped,
    };
  }

  /** Somebody asks for a place, which {@link add} gives once it is known that it is a plan. */
  arrive(): Arrival {
    this.#expected += 1;
    this.#arrivals += 1;
    return { number: this.#arrivals, at: new Date().toISOString() };
  }

  /** Whether somebody waits for a place, or for an answer whether there is one. */
  get isNeeded(): boolean {
    return this.#waiting !== undefined || this.#expected > 0;
  }

  /** Nobody gets a place: what asked for it is no plan. */
  turnAway(): void {
    this.#expected -= 1;
  }

  /**
   * Takes the place of whatever waits and came before; where something newer waits or was started
   * meanwhile, it gets none. A deployment that waits already keeps its place, and one that runs
   * already takes none from what waits for it.
   */
  add({ plan, ...origin }: EnqueueRequest, { number: arrival, at }: Arrival): WaitingEntry {
    this.#expected -= 1;
    const before = this.#waiting;
    if (before?.queued.deploymentId === plan.deploymentId) return before;
    const queued = {
      deploymentId: plan.deploymentId,
      ...origin,
      queuedAt: at,
    };
    if (this.#running?.deploymentId === plan.deploymentId) {
      return { queued, plan, arrival, left: { state: 'started', runId: this.#running.runId } };
    }
    const newer = [before, this.#started].find((one) => one !== undefined && one.arrival > arrival);
    if (newer !== undefined) {
      const entry: WaitingEntry = { queued, plan, arrival };
      this.#discard(entry, newer === before ? 'replaced' : 'superseded', newer.queued);
      this.changed();
      return entry;
    }
    if (before !== undefined) this.drop('replaced', queued);
    const entry: WaitingEntry = {
      queued,
      plan,
      arrival,
      ...(before && { replaced: before.queued }),
    };
    this.#waiting = entry;
    this.#look(entry);
    this.changed();
    return entry;
  }

  /** Notes which run has to end first; undefined while that is not known. */
  waitFor(run: LatestRun | undefined): void {
    this.#running = run;
    if (this.#waiting !== undefined) this.#look(this.#waiting);
    this.changed();
  }

  /** Whether a run is that of what waits: it had been started, and was then asked for once more. */
  isOwn(run: LatestRun): boolean {
    return this.#waiting !== undefined && run.deploymentId === this.#waiting.queued.deploymentId;
  }

  /** Whether a run began after what waits had come, and past the queue. */
  isNewer(run: LatestRun): boolean {
    const entry = this.#waiting;
    if (entry === undefined || entry.behind === run.runId) return false;
    const isOwn = this.#released.some(({ runId }) => runId === run.runId);
    return !isOwn && Date.parse(run.startedAt) > Date.parse(entry.queued.queuedAt);
  }

  /** What waits leaves the queue, and will not run. */
  drop(reason: DropReason, by: Dropped['by']): void {
    if (this.#waiting === undefined) return;
    this.#discard(this.#waiting, reason, by);
    this.#waiting = undefined;
    this.changed();
  }

  /** What waits leaves the queue to be started. */
  take(): WaitingEntry | undefined {
    const entry = this.#waiting;
    this.#waiting = undefined;
    this.#started = entry;
    return entry;
  }

  /** It could not be started after all, because another run was quicker. */
  putBack(entry: WaitingEntry): void {
    if (this.#waiting === undefined) this.#waiting = entry;
    else this.#discard(entry, 'replaced', this.#waiting.queued);
    this.changed();
  }

  release(entry: WaitingEntry, runId: string): void {
    entry.left = { state: 'started', runId };
    remember(this.#released, { deploymentId: entry.queued.deploymentId, runId });
    this.changed();
  }

  /** What waits has been started before, and is not started again. */
  adopt({ runId }: LatestRun): void {
    const entry = this.take();
    if (entry !== undefined) this.release(entry, runId);
  }

  /** What there is to answer to whoever queued it; undefined as long as nothing is known. */
  answer({ queued, replaced, left }: WaitingEntry): EnqueueAnswer | undefined {
    const about = { deploymentId: queued.deploymentId, ...(replaced && { replaced }) };
    if (left !== undefined) return { ...about, ...left };
    return this.#running && { ...about, state: 'queued', running: this.#running };
  }

  #look(entry: WaitingEntry): void {
    if (this.#running !== undefined) entry.behind ??= this.#running.runId;
  }

  #discard(entry: WaitingEntry, reason: DropReason, by: Dropped['by'] = {}): void {
    const { deploymentId, startedBy, comment } = by;
    const dropped: Dropped = {
      ...entry.queued,
      reason,
      by: {
        ...defined({ deploymentId, startedBy, comment }),
      },
      droppedAt: new Date().toISOString(),
    };
    entry.left = { state: 'dropped', dropped };
    remember(this.#dropped, dropped);
  }
}

function remember<Item>(list: Item[], item: Item): void {
  list.push(item);
  if (list.length > MAX_REMEMBERED) list.shift();
}
