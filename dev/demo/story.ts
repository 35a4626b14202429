import type { Stack } from '../stack/stack.js';
import { BROKEN, makeBrokenDeployment } from './brokenDeployment.js';
import { approveCanary, rejectCanary } from './canary.js';
import { throughFiveAccounts } from './fiveAccounts.js';
import { Lambda } from './lambda.js';
import { Narrator } from './narrator.js';
import { Operator } from './operator.js';
import { putCheckout } from './releases.js';
import { shifts } from './shifts.js';
import { Sluice } from './sluice.js';
import type { Telling } from './telling.js';

const BASIC = 'examples/basic.yaml';
const MULTI_REGION = 'examples/multi-region.yaml';

/**
 * Each chapter deploys something with the real command, and asks Lambda what came of it.
 *
 * @param interruption ends the story where it is
 */
export async function tellStory(stack: Stack, interruption: AbortSignal): Promise<void> {
  const telling = {
    stack,
    narrator: new Narrator(interruption),
    sluice: new Sluice(stack, interruption),
    lambda: new Lambda(stack.awsEndpoint),
    operator: new Operator(stack, interruption),
  };
  telling.narrator.places(stack);
  await create(telling);
  await deployToMany(telling);
  await shiftTraffic(telling);
  await approveCanary(telling);
  await rejectCanary(telling);
  await throughFiveAccounts(telling);
  await rollBack(telling);
  telling.narrator.end(stack, [
    'potatolessFacts was created, and still answers with the code of that deployment',
    'checkout was shifted to release 1.5.0 in 3 regions of 2 accounts, over the alias live',
    'a canary of release 1.6.0 got a quarter of the traffic, was approved, and has all of it',
    'a canary of release 1.7.0 was rejected: nothing is left of it in the traffic',
    'hello-world-python went through five accounts, past three webhooks and a person',
    'the broken package was rolled back by itself: code and memory are what they were',
  ]);
}

async function create({ narrator, sluice, lambda }: Telling): Promise<void> {
  narrator.chapter('A function that does not exist yet', start(BASIC));
  await sluice.deploy(BASIC, 'succeeded');
  narrator.answer('potatolessFacts', await lambda.invoke(FACTS));
}

async function deployToMany({ narrator, sluice }: Telling): Promise<void> {
  const title =
    'Two accounts, three regions: staging first, then two targets at once, then the last';
  narrator.chapter(title, start(MULTI_REGION));
  await sluice.deploy(MULTI_REGION, 'succeeded');
}

async function shiftTraffic({ stack, narrator, sluice, lambda }: Telling): Promise<void> {
  const title = 'A new version, shifted to over aliases: 10 %, 50 %, everything';
  narrator.chapter(title, start(MULTI_REGION));
  await putCheckout(stack.awsEndpoint, 'multi-region.yaml', '1.5.0');
  const before = await stack.emulator?.requests();
  await sluice.deploy(MULTI_REGION, 'succeeded');
  const since = await stack.emulator?.requests(before?.next);
  for (const place of CHECKOUTS) {
    if (since) narrator.traffic(placeText(place), shifts(place, since.requests));
    narrator.answer(placeText(place), await lambda.invoke(place));
  }
}

async function rollBack({ stack, narrator, sluice, lambda }: Telling): Promise<void> {
  const title = 'More memory, and a package that AWS refuses: it goes back to what it was';
  narrator.chapter(title, start(BROKEN));
  const before = await lambda.invoke(FACTS);
  await makeBrokenDeployment(stack.awsEndpoint);
  await sluice.deploy(BROKEN, 'rolledBack');
  const after = await lambda.invoke(FACTS);
  if (after.code !== before.code) throw new Error('the rollback did not bring the old code back.');
  if (after.memorySize !== before.memorySize) throw new Error('the memory did not come back.');
  narrator.answer('potatolessFacts', after);
}

function start(file: string): string {
  return `./bin/sluice deploy start -f ${file} --watch`;
}

const FACTS = {
  account: '111111111111',
  region: 'us-east-1',
  functionName: 'potatolessFacts',
};

function placeText({ functionName, account, region }: (typeof CHECKOUTS)[number]): string {
  return `${functionName} in ${region} of ${account}`;
}

const CHECKOUTS = [
  ['111111111111', 'us-east-1'],
  ['222222222222', 'eu-west-1'],
  ['222222222222', 'us-west-2'],
  ['222222222222', 'us-east-1'],
].map(([account = '', region = '']) => ({
  account,
  region,
  functionName: 'checkout',
  alias: 'live',
}));
