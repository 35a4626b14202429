import type { GATE_KIND_OF } from '../domain/gates.js';
import type { OperatorRequest } from '../domain/requests.js';

/** A verb that is about a gate. */
export type GateVerb = keyof typeof GATE_KIND_OF;

/** How many gates a message names. */
const MAX_NAMED = 5;

/**
 * Why a message cannot be acted on because it is not understood, or undefined when it can. Whoever
 * wants to stop a deployment is understood even when half of the message is not.
 */
export function unclearReason({ verb, unclear }: OperatorRequest): string | undefined {
  if (unclear === undefined || verb === 'reject' || verb === 'rollback') return undefined;
  return `${verb} ${unclear}.`;
}

/** What there is none of for a verb to be about, as the beginning of a sentence. */
export const NOTHING: Readonly<Record<GateVerb, string>> = {
  approve: 'Nothing waits for an approval',
  reject: 'Nothing waits for an approval',
  webhookCallback: 'Nothing waits for a callback',
  skipPause: 'There is no pause',
  retry: 'No rollback is stuck',
  abandon: 'No rollback is stuck',
};

/** With several gates open a message has to name one; the first of many will do to choose from. */
export function severalOpen(gates: readonly { id: string }[]): string {
  const first = gates.slice(0, MAX_NAMED).map(({ id }) => id);
  const more = gates.length - first.length;
  const names = `${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return `Several gates are open: name one of ${names}.`;
}
