/** The longest that is waited because somebody asks for it, in milliseconds: one hour. */
const MOST_MS = 60 * 60_000;

/**
 * How long the header Retry-After asks to wait, in milliseconds: it holds seconds or a date.
 *
 * Source: RFC 9110, section 10.2.3.
 */
export function retryAfterMs(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, MOST_MS) : undefined;
}
