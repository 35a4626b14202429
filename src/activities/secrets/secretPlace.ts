/** A place where secrets lie. */
export interface SecretPlace {
  /** What it is, for messages: `the directory /run/secrets`. */
  text: string;
  /**
   * @returns undefined when it has no such secret
   * @throws ApplicationFailure when it does not answer, or may not be read
   */
  find(name: string): Promise<string | undefined>;
}
