import { putPackage } from '../stack/buckets.js';
import { examplePlan } from '../stack/examples.js';
import { zipOf } from '../stack/packages.js';
import type { Stack } from '../stack/stack.js';
import { brokenDeployment } from './brokenDeployment.js';
import { Lambda } from './lambda.js';
import { Narrator } from './narrator.js';
import { Sluice } from './sluice.js';

const BASIC = 'examples/basic.yaml';
const MULTI_REGION = 'examples/multi-region.yaml';

/** Each chapter deploys something with the real command, and asks Lambda what came of it. */
export async function tellStory(stack: Stack): Promise<void> {
  const narrator = new Narrator();
  const sluice = new Sluice(stack);
  const lambda = new Lambda(stack.awsEndpoint);
  narrator.places(stack);

  narrator.chapter('A function that does not exist yet', `deploy start -f ${BASIC} --watch`);
  await sluice.deploy(BASIC, 'succeeded');
  narrator.answer('potatolessFacts', await lambda.invoke(FACTS));

  narrator.chapter(
    'Two accounts, three regions: staging first, then two targets at once, then the last',
    `deploy start -f ${MULTI_REGION} --watch`,
  );
  await sluice.deploy(MULTI_REGION, 'succeeded');

  narrator.chapter(
    'A new version, shifted to over aliases: 10 %, 50 %, everything',
    `deploy start -f ${MULTI_REGION} --watch`,
  );
  await putNewCheckout(stack.awsEndpoint);
  await sluice.deploy(MULTI_REGION, 'succeeded');
  for (const place of CHECKOUTS) {
    narrator.answer(`${place.functionName} in ${place.region}`, await lambda.invoke(place));
  }

  narrator.chapter(
    'More memory, and a package that AWS refuses: it goes back to what it was',
    `deploy start -f broken.yaml --watch`,
  );
  const before = await lambda.invoke(FACTS);
  const broken = await brokenDeployment(stack.awsEndpoint);
  await sluice.deploy(broken, 'rolledBack');
  const after = await lambda.invoke(FACTS);
  if (after.code !== before.code) throw new Error('the rollback did not bring the old code back.');
  if (after.memorySize !== before.memorySize) throw new Error('the memory did not come back.');
  narrator.answer('potatolessFacts', after);
  narrator.end(stack, [
    'potatolessFacts was created, and still answers with the code of that deployment',
    'checkout runs release 1.5.0 in 3 regions of 2 accounts, over the alias live',
    'the broken package was rolled back by itself: code and memory are what they were',
  ]);
}

const FACTS = {
  account: '111111111111',
  region: 'us-east-1',
  functionName: 'potatolessFacts',
};

const CHECKOUTS = [
  ['111111111111', 'us-east-1', 'checkout-staging'],
  ['222222222222', 'eu-west-1', 'checkout-eu'],
  ['222222222222', 'us-west-2', 'checkout-us-west'],
  ['222222222222', 'us-east-1', 'checkout-us-east'],
].map(([account = '', region = '', functionName = '']) => ({
  account,
  region,
  functionName,
  alias: 'live',
}));

/** The next release, under the keys that the deployment file names. */
async function putNewCheckout(awsEndpoint: string): Promise<void> {
  const source = `export const handler = async (event, context) => ({
  total: 0, release: '1.5.0', version: context.functionVersion });`;
  const bytes = zipOf({ 'index.mjs': source });
  for (const target of (await examplePlan('multi-region.yaml')).targets) {
    const account = target.deployRoleArn.split(':')[4] ?? '';
    for (const planned of target.functions) {
      await putPackage(planned.package, bytes, { awsEndpoint, account, region: target.region });
    }
  }
}
