import { randomUUID } from 'node:crypto';

/** What may stand in a log and in a header without any harm. */
const WELL_FORMED = /^[\w.:/+=-]{1,100}$/;

/** The id that a request brings along, if that is a good one, and else a new one. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && WELL_FORMED.test(header) ? header : randomUUID();
}
