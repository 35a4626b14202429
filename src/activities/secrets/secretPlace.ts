/** A place where secrets lie. */
export interface SecretPlace {
  /** What it is, for messages: `the directory /run/secrets`. */
  text: string;
  /**
   * Makes one of all names by which it has the same secret, also within a pattern: `*` stays.
   *
   * @default as it is: each name is another secret
   */
  normal?: (name: string) => string;
  /**
   * @param name - in its normal form
   * @returns undefined when it has no such secret
   * @throws ApplicationFailure when it does not answer, or may not be read
   */
  find(name: string): Promise<string | undefined>;
}
