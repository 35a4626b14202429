import type { CallbackClaims } from '../../src/domain/callbacks.js';

export const KEY = { id: 'first', secret: 'the first key of the tests, 32 characters' };
export const OTHER_KEY = { id: 'second', secret: 'the second key of the tests, 32 characters' };

export const PUBLIC_URL = 'https://sluice.example.com/hooks';

export function someClaims(more: Partial<CallbackClaims> = {}): Omit<CallbackClaims, 'secrets'> {
  return {
    namespace: 'default',
    workflowId: 'sluice:shop:prod',
    runId: '01912345-0000-7000-8000-000000000000',
    gate: 'prod/before/1',
    expiresAt: '2099-01-01T00:00:00.000Z',
    ...more,
  };
}

/** The token of an address. */
export function tokenOf(address: string): string {
  return address.slice(address.lastIndexOf('/') + 1);
}
