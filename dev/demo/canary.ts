import { signalCommand } from '../../src/domain/commands.js';
import type { DeploymentReport } from '../../src/client.js';
import type { Held } from './operator.js';
import { putCheckout } from './releases.js';
import type { Telling } from './telling.js';
import type { Traffic } from './traffic.js';

const FILE = 'examples/approval.yaml';

/** What the file deploys, and what share of the traffic it gives first. */
const CANARY = {
  application: 'checkout-us-east',
  account: '222222222222',
  region: 'us-east-1',
  functionName: 'checkout',
  alias: 'live',
  percent: 25,
};

const INVOCATIONS = 200;

/** The new version is good: a person gives it everything. */
export async function approveCanary(telling: Telling): Promise<void> {
  const held = await deployCanary(telling, '1.6.0', 'A canary: 25 %, until a person approves');
  const command = held.gate.answers.find(({ signal }) => signal === 'approve')?.command ?? '';
  const { state } = await answer(telling, command);
  if (state !== 'succeeded') throw new Error(`the approved deployment ${state}.`);
  const traffic = await countTraffic(telling);
  traffic.assertAllBy(held.version);
}

/** The new version is not: everything is as it was. */
export async function rejectCanary(telling: Telling): Promise<void> {
  const held = await deployCanary(telling, '1.7.0', 'Another canary, which a person rejects');
  const { state, outcome } = await answer(telling, rejection(held));
  if (outcome?.counts.rolledBack !== 1) throw new Error(`the rejected deployment ${state}.`);
  const traffic = await countTraffic(telling);
  traffic.assertAllBy(held.previousVersion);
}

async function deployCanary(telling: Telling, release: string, title: string): Promise<Held> {
  const { stack, narrator, sluice, operator } = telling;
  narrator.chapter(title, `./bin/sluice deploy start -f ${FILE}`);
  await putCheckout(stack.awsEndpoint, 'approval.yaml', release);
  await sluice.start(FILE);
  const held = await operator.untilHeld(CANARY.application);
  await showStatus(telling);
  const traffic = await countTraffic(telling);
  traffic.assertSplit(held.previousVersion, held.version, CANARY.percent);
  return held;
}

async function answer(telling: Telling, command: string): Promise<DeploymentReport> {
  const { narrator, operator } = telling;
  narrator.command(command);
  await operator.run(command);
  const report = await operator.untilEnded(CANARY.application);
  await showStatus(telling);
  return report;
}

/** The command that the status shows, and who says no, and why. */
function rejection({ deployment, gate }: Held): string {
  const input = { gate: gate.id, by: 'alice', comment: 'the totals are wrong' };
  return signalCommand({ ...deployment, signal: 'reject', input });
}

async function showStatus({ narrator, sluice }: Telling): Promise<void> {
  narrator.command(`./bin/sluice deploy status -n ${CANARY.application}`);
  await sluice.status(CANARY.application);
}

async function countTraffic({ narrator, lambda }: Telling): Promise<Traffic> {
  const traffic = await lambda.count(CANARY, INVOCATIONS);
  narrator.traffic(`${CANARY.functionName}:${CANARY.alias}`, traffic.toString());
  return traffic;
}
