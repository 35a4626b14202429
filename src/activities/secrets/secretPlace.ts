/** A secret, as a place has it. */
export interface FoundSecret {
  value: string;
  /** Which one of its values it is. Absent where the place keeps one value alone. */
  version?: string;
}

/** Which value of a secret is asked for. */
export interface AskedValue {
  /**
   * Of a place that keeps them.
   *
   * @default the value of now
   */
  version?: string | undefined;
  /** Whether a value that was read a short while ago will not do. */
  fresh?: boolean;
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
   * @returns undefined when it has no such secret
   * @throws ApplicationFailure when it does not answer, may not be read, or holds no text
   */
  find(name: string, asked: AskedValue): Promise<FoundSecret | undefined>;
}
