import { isImage } from '../../src/domain/packages.js';
import { putPackage } from '../stack/buckets.js';
import { examplePlan } from '../stack/examples.js';
import { zipOf } from '../stack/packages.js';

/** Puts a release of checkout under the keys that a file of examples/ names. */
export async function putCheckout(
  awsEndpoint: string,
  example: string,
  release: string,
): Promise<void> {
  const source = `export const handler = async (event, context) => ({
  total: 0, release: '${release}', version: context.functionVersion });`;
  const bytes = zipOf({ 'index.mjs': source });
  for (const target of (await examplePlan(example)).targets) {
    const account = target.deployRoleArn.split(':')[4] ?? '';
    for (const { package: planned } of target.functions) {
      if (isImage(planned)) continue;
      await putPackage(planned, bytes, { awsEndpoint, account, region: target.region });
    }
  }
}
