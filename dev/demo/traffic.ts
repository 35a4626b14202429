/** How often each version of a function answered. */
export class Traffic {
  readonly #counts = new Map<string, number>();

  add(version: string): void {
    this.#counts.set(version, (this.#counts.get(version) ?? 0) + 1);
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Percent of the invocations that a version answered. */
  share(version: string): number {
    return (100 * (this.#counts.get(version) ?? 0)) / this.total;
  }

  /** `200 invocations: 151 by version 2, 49 by version 3`. */
  toString(): string {
    const versions = [...this.#counts].toSorted(([one], [other]) => Number(one) - Number(other));
    const parts = versions.map(([version, count]) => `${count} by version ${version}`);
    return `${this.total} invocations: ${parts.join(', ')}`;
  }

  /** @throws Error unless one version answered everything */
  assertAllBy(version: string): void {
    if (this.share(version) === 100) return;
    throw new Error(`not every invocation was answered by version ${version}: ${this.toString()}.`);
  }

  /**
   * Lambda draws for each invocation, so a share is only about what it should be.
   *
   * @param percent - the share that it should be
   * @throws Error when it is further away than chance explains, or a third version answered
   */
  assertSplit(old: string, recent: string, percent: number): void {
    const share = this.share(recent);
    const isNear = Math.abs(share - percent) <= FARTHEST;
    if (isNear && this.share(old) + share === 100) return;
    throw new Error(`version ${recent} was to get about ${percent} %: ${this.toString()}.`);
  }
}

/** In percent; for 200 invocations and a share of a quarter, five standard deviations. */
const FARTHEST = 15;
