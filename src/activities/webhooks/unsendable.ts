/** Why a webhook cannot be called as it is rendered. Its message is the end of a sentence. */
export class Unsendable extends Error {
  constructor(
    message: string,
    readonly remedy?: string,
  ) {
    super(message);
  }
}
