import { afterEach, beforeEach } from '@jest/globals';
import { Receiver } from './receiver.js';

/** What the webhooks of a test call: new for every one. */
export let receiver: Receiver;
beforeEach(async () => {
  receiver = await Receiver.start();
});
afterEach(() => receiver.stop());

export const uri = (path = '/runs'): { uriTemplate: string } => ({
  uriTemplate: `${receiver.url}${path}`,
});

/** How a failure begins. */
export const called = (): string => `The webhook tests (127.0.0.1:${receiver.port})`;

/** What is said of a call that failed. */
export const failureOf = (result: object): string =>
  'failure' in result ? (result.failure as { message: string }).message : 'none';
