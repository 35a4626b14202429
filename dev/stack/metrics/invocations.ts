import type { LocalEmulator, RecordedRequest } from '../emulator.js';
import type { Series } from './series.js';

type Recorded = RecordedRequest & Required<Pick<RecordedRequest, 'invocation'>>;

/** The invocations that the emulator has answered, as metrics of the functions. */
export class Invocations {
  #next = 0;
  #catchingUp: Promise<void> | undefined;
  readonly #byLabels = new Map<string, Recorded[]>();

  constructor(private readonly emulator: Pick<LocalEmulator, 'requests'>) {}

  /**
   * Every series of a metric, up to now.
   *
   * @returns undefined when there is no such metric
   */
  async series(metric: string): Promise<Series[] | undefined> {
    const pointsOf = METRICS[metric];
    if (pointsOf === undefined) return undefined;
    await this.#catchUp();
    return [...this.#byLabels].map(([labels, recorded]) => ({
      labels: new Map(JSON.parse(labels) as [string, string][]),
      points: pointsOf(recorded),
    }));
  }

  /** Queries that are asked side by side wait for one look: nothing is counted twice. */
  #catchUp(): Promise<void> {
    this.#catchingUp ??= this.#addRecorded().finally(() => (this.#catchingUp = undefined));
    return this.#catchingUp;
  }

  async #addRecorded(): Promise<void> {
    const { next, requests } = await this.emulator.requests(this.#next);
    this.#next = next;
    for (const request of requests) {
      if (!isInvocation(request)) continue;
      const labels = JSON.stringify(labelsOf(request));
      const earlier = this.#byLabels.get(labels);
      if (earlier) earlier.push(request);
      else this.#byLabels.set(labels, [request]);
    }
  }
}

function isInvocation(request: RecordedRequest): request is Recorded {
  return request.invocation !== undefined;
}

function labelsOf({ account, region, resource, qualifier, invocation }: Recorded) {
  return [
    ['account', account],
    ['region', region],
    ['function', resource ?? ''],
    ['alias', qualifier ?? ''],
    ['version', invocation.version],
  ];
}

/** The metrics that there are, named as those of the examples. */
const METRICS: Partial<Record<string, (recorded: readonly Recorded[]) => Series['points']>> = {
  lambda_invocations_total: counting(() => true),
  lambda_errors_total: counting(({ invocation }) => invocation.failed),
  lambda_duration_milliseconds: (recorded) =>
    recorded.map(({ at, invocation }) => ({ at, value: invocation.ms })),
};

/** A counter, which stays where it is when what it counts does not happen. */
function counting(counts: (invocation: Recorded) => boolean) {
  return (recorded: readonly Recorded[]) => {
    let value = 0;
    return recorded.map((each) => ({ at: each.at, value: (value += counts(each) ? 1 : 0) }));
  };
}
