import type { CallbackMessage } from '../domain/callbacks.js';

/** What a callback says; undefined when it is none. Other fields are left to later versions. */
export function readBody(body: unknown): Omit<CallbackMessage, 'gate'> | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { success, mdMessage } = body as Record<string, unknown>;
  if (typeof success !== 'boolean') return undefined;
  if (mdMessage === undefined || mdMessage === null) return { success };
  return typeof mdMessage === 'string' ? { success, mdMessage } : undefined;
}
