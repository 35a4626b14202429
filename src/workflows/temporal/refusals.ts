import type { OperatorRequest } from '../../domain/requests.js';

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

/** With several gates open a message has to name one; the first of many will do to choose from. */
export function severalOpen(gates: readonly { id: string }[]): string {
  const first = gates.slice(0, MAX_NAMED).map(({ id }) => id);
  const more = gates.length - first.length;
  const names = `${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return `Several gates are open: name one of ${names}.`;
}
