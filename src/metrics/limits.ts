export interface AskLimits {
  /** Until the answer has come, in milliseconds. */
  totalMs: number;
}

export const ASK_LIMITS: AskLimits = { totalMs: 30_000 };

/** How long the provider may work on an answer, in whole seconds: it is to say itself that it gives up. */
export function workingSeconds({ totalMs }: AskLimits): number {
  return Math.max(1, Math.floor(totalMs / 1000) - 5);
}
