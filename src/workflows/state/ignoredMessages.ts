import type { IgnoredMessage } from '../../domain/gates.js';

/** How many are kept. */
const MAX_KEPT = 20;

/** The last messages that changed nothing: a signal has no sender who could be told. */
export class IgnoredMessages {
  readonly list: IgnoredMessage[] = [];

  add(verb: string, reason: string): void {
    this.list.push({ at: new Date().toISOString(), verb, reason });
    if (this.list.length > MAX_KEPT) this.list.shift();
  }
}
