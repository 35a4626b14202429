import type { AwsPlace } from '../support/awsPlace.js';
import { deploymentFile } from '../support/deploymentFile.js';
import { uniqueName } from '../support/names.js';

/** A deployment file with two targets that wait for an approval first, or do not wait. */
export async function fileOf(
  place: AwsPlace,
  application: string,
  { asks }: { asks: boolean },
): Promise<string> {
  const functionName = uniqueName('orders');
  await place.put(`${functionName}.zip`, 'first');
  const targets = ['prod', 'test'].map((name) => {
    return { name, place, functionName, strategy: 'steps' };
  });
  const asking = asks ? [{ pause: { untilApproved: true } }] : [];
  const steps = [...asking, { setWeight: { weight: 100 } }];
  return deploymentFile(application, targets, {
    strategies: { steps: { canary: { steps } } },
    targetFilters: [{ includeTarget: 'prod' }],
  });
}
