import type { Sluice, StartedDeployment, StartOptions } from '../../src/client.js';

/** Starts a deployment that nothing keeps from running at once. */
export async function startNow(sluice: Sluice, options: StartOptions): Promise<StartedDeployment> {
  const accepted = await sluice.start(options);
  if (accepted.state === 'started') return accepted;
  throw new Error(`Deployment ${accepted.deploymentId} was queued behind another.`);
}
