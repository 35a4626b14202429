/** One value of a metric. */
export interface Point {
  /** In milliseconds since 1970. */
  at: number;
  value: number;
}

/** A metric with one set of labels, oldest point first. */
export interface Series {
  labels: ReadonlyMap<string, string>;
  points: readonly Point[];
}

/** What a series, or something made of several, is at one moment. */
export interface Sample {
  labels: ReadonlyMap<string, string>;
  value: number;
}

/** How old a point may be and still say what the metric is, in milliseconds, as in Prometheus. */
const STALE_MS = 5 * 60_000;

/** What a metric is at a moment; nothing when its last point is too old to say. */
export function valueAt({ points }: Series, at: number): number | undefined {
  const last = points.findLast((point) => point.at <= at);
  return last && last.at > at - STALE_MS ? last.value : undefined;
}

/** What a counter has grown by. It begins with nothing. */
export function increase({ points }: Series, from: number, to: number): number {
  const countAt = (moment: number) => points.findLast(({ at }) => at <= moment)?.value ?? 0;
  return countAt(to) - countAt(from);
}
