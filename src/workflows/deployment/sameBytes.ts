import type { Failure } from '../../domain/failures.js';
import type { FunctionPlan, Plan, TargetPlan } from '../../domain/plan.js';
import { differingBytes, packageAt, type PackageAt } from '../../domain/sameBytes.js';
import type { PinnedPackages } from '../sources/pinnedPackages.js';

/** Compares the packages of targets that deploy one function, each from a bucket of its own. */
export class SameBytes {
  /** The packages that are known by now. */
  readonly #known: PackageAt[] = [];
  /** By the function's name: each settles when a target's package of it is pinned, or cannot be. */
  readonly #looks = new Map<string, Promise<void>[]>();

  constructor(
    private readonly plan: Plan,
    pinned: PinnedPackages,
  ) {
    for (const target of plan.targets) {
      for (const one of target.functions) this.#add(target, one, pinned);
    }
  }

  /**
   * What differs of a target's packages. Where the plan is strict about it all packages are waited
   * for, and else those that are known are compared: one that cannot be reached holds nobody up.
   */
  async differences({ name, functions }: TargetPlan): Promise<Failure[]> {
    if (this.plan.strictArtifacts === true) {
      await Promise.all(functions.flatMap((one) => this.#looks.get(one.name) ?? []));
    }
    return this.#known
      .filter(({ target }) => target === name)
      .flatMap((one) => differingBytes(one, this.#known) ?? []);
  }

  #add(target: TargetPlan, one: FunctionPlan, pinned: PinnedPackages): void {
    const look = pinned.of(target, one).then((result) => {
      if ('pinned' in result) this.#known.push(packageAt(target.name, one.name, result.pinned));
    });
    this.#looks.set(one.name, [...(this.#looks.get(one.name) ?? []), look]);
  }
}
