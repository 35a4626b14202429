/** Where the values of `{{secrets.…}}` come from. They never leave the activity that asks. */
export interface SecretStore {
  /**
   * @throws ApplicationFailure `secretNotFound`, not retryable, when there is no such secret or the
   *   application may not use it; retryable when the place where it lies does not answer
   */
  get(application: string, name: string): Promise<string>;
}
