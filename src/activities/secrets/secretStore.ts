/** Where the values of `{{secrets.…}}` come from. They never leave the activity that asks. */
export interface SecretStore {
  /**
   * @param version - from {@link VersionedSecrets.versionOf}
   * @default the value that it has now
   * @throws ApplicationFailure `secretNotFound`, not retryable, when there is no such secret or the
   *   application may not use it; `secretUnusable`, not retryable, when it is no text; retryable when
   *   the place where it lies does not answer
   */
  get(application: string, name: string, version?: string): Promise<string>;
}

/** Secrets that have the value of a certain moment, where the place in which they lie keeps it. */
export interface VersionedSecrets extends SecretStore {
  /**
   * What tells the value that a secret has now from those that it had before or will have. It tells
   * nothing of the value itself.
   *
   * @returns undefined when the secret lies in a place that keeps no versions
   * @throws ApplicationFailure as {@link SecretStore.get} does
   */
  versionOf(application: string, name: string): Promise<string | undefined>;
}
