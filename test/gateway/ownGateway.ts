import { afterEach, beforeEach } from '@jest/globals';
import { GatewayInProcess } from './gatewayInProcess.js';

/** The gateway of a test: new for every one. */
export let gateway: GatewayInProcess;
beforeEach(async () => {
  gateway = await GatewayInProcess.start();
});
afterEach(() => gateway.stop());

/** The same with other parts. */
export async function restarted(
  ...changes: Parameters<typeof GatewayInProcess.start>
): Promise<void> {
  await gateway.stop();
  gateway = await GatewayInProcess.start(...changes);
}
