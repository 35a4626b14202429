import { activityFailure } from '../../src/activities/awsFailure.js';
import type { VersionedSecrets } from '../../src/activities/secrets/secretStore.js';
import type { Failure } from '../../src/domain/failures.js';

/** Secrets in memory, with all the values that each has had; the last one counts. */
export class MemorySecrets implements VersionedSecrets {
  readonly #values = new Map<string, string[]>();
  readonly asked: string[] = [];
  /** What every question fails with, as long as it is there. */
  failure: { failure: Failure; retryable: boolean } | undefined;

  /** @param keepsVersions - whether the values from before can still be had */
  constructor(
    values: Record<string, string>,
    private readonly keepsVersions = true,
  ) {
    for (const [name, value] of Object.entries(values)) this.put(name, value);
  }

  put(name: string, value: string): void {
    this.#values.set(name, [...(this.#values.get(name) ?? []), value]);
  }

  get(_: string, name: string, version?: string): Promise<string> {
    const values = this.#of(name);
    return values.then((all) => (version === undefined ? all.at(-1) : all[Number(version)]) ?? '');
  }

  async versionOf(_: string, name: string): Promise<string | undefined> {
    const values = await this.#of(name);
    return this.keepsVersions ? String(values.length - 1) : undefined;
  }

  #of(name: string): Promise<string[]> {
    this.asked.push(name);
    if (this.failure !== undefined) {
      const { failure, retryable } = this.failure;
      return Promise.reject(activityFailure(failure, { retryable }));
    }
    const values = this.#values.get(name);
    if (values !== undefined) return Promise.resolve(values);
    const message = `There is no secret ${name}.`;
    return Promise.reject(
      activityFailure({ code: 'secretNotFound', message }, { retryable: false }),
    );
  }
}
