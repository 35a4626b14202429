import { randomBytes } from 'node:crypto';

/** A name that no other test uses, such as `orders-3f9c2a1b`. All tests share the servers. */
export function uniqueName(stem: string): string {
  return `${stem}-${randomBytes(4).toString('hex')}`;
}

/** An account that no other test uses. The emulator has every account. */
export function uniqueAccount(): string {
  return String(100_000_000_000 + randomBytes(4).readUInt32BE());
}
