import { Ci } from './ci.js';
import type { Telling } from './telling.js';

const FILE = 'examples/five-accounts.yaml';
const APPLICATION = 'hello-world-python';
const ACCOUNTS = ['1', '2', '3', '4', '5'].map((digit) => digit.repeat(12));

/** Other systems decide on the way, and a person at the end. */
export async function throughFiveAccounts(telling: Telling): Promise<void> {
  const ci = await Ci.start();
  try {
    await deploy(telling, ci);
  } finally {
    ci.stop();
  }
}

async function deploy({ narrator, sluice, lambda, operator }: Telling, ci: Ci): Promise<void> {
  const context = { ci: ci.url, chat: ci.url };
  const given = Object.entries(context).map(([key, value]) => `${key}=${value}`);
  const title = 'Five accounts: webhooks test, audit and scan; production waits for a person';
  narrator.chapter(title, `./bin/sluice deploy start -f ${FILE} --add-context ${given.join(',')}`);
  await sluice.start(FILE, context);
  const command = await operator.untilAsked(APPLICATION);
  narrator.command(command);
  await operator.run(command);
  const { state } = await operator.untilEnded(APPLICATION);
  for (const what of ci.asked) narrator.traffic('Asked', what);
  for (const what of ci.told) narrator.traffic('The chat room reads', what);
  narrator.command(`./bin/sluice deploy status -n ${APPLICATION}`);
  await sluice.status(APPLICATION);
  if (state !== 'succeeded') throw new Error(`the deployment to five accounts ${state}.`);
  for (const account of ACCOUNTS) {
    const place = { account, region: 'us-west-2', functionName: APPLICATION };
    narrator.answer(`${APPLICATION} in ${account}`, await lambda.invoke(place));
  }
}
