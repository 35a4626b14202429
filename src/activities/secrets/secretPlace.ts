/** A secret, as a place has it. */
export interface FoundSecret {
  value: string;
  /** Which one of its values it is. Absent where the place keeps one value alone. */
  version?: string;
}

/** A place where secrets lie. */
export interface SecretPlace {
  /** What it is, for messages: `the directory /run/secrets`. */
  text: string;
  /** Whether it keeps the values that secrets had before. */
  keepsVersions?: true;
  /**
   * Makes one of all names by which it has the same secret, also within a pattern: `*` stays.
   *
   * @default as it is: each name is another secret
   */
  normal?: (name: string) => string;
  /**
   * @param name - in its normal form
   * @param version - of a place that keeps them; by default the value of now
   * @returns undefined when it has no such secret
   * @throws ApplicationFailure when it does not answer, may not be read, or holds no text
   */
  find(name: string, version?: string): Promise<FoundSecret | undefined>;
}
