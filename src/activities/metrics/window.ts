import type { Window } from './provider.js';

/** The values of `{{armory.…}}` that say what a query looks back over, without the prefix. */
export function windowVariables({ from, to }: Window): Record<string, string> {
  const millis = to.getTime() - from.getTime();
  // Rounded up: a shorter span would leave out what happened at its edge, and none is no span.
  const seconds = Math.max(1, Math.ceil(millis / 1000));
  return {
    ...timeVariables('startTime', from),
    ...timeVariables('endTime', to),
    intervalSeconds: String(seconds),
    intervalMillis: String(millis),
    promQlStepInterval: `${seconds}s`,
  };
}

function timeVariables(name: string, time: Date): Record<string, string> {
  return {
    [`${name}Iso8601`]: time.toISOString().replace(/\.\d+Z$/, 'Z'),
    [`${name}EpochSeconds`]: String(Math.floor(time.getTime() / 1000)),
    [`${name}EpochMillis`]: String(time.getTime()),
  };
}
