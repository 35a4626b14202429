import { byUrgency } from '../domain/gates.js';
import { runToAnswer } from './answers/answer.js';
import type { Link } from './link.js';
import { listRunning } from './list.js';
import type { DeploymentFacts, WaitingGates } from './report.js';
import { askWhereTheyWait } from './whereTheyWait.js';

/** Whose gates are asked for. */
export interface GatesOptions {
  /**
   * Only those of this application's deployment.
   *
   * @default all that run
   */
  application?: string;
  /**
   * With an application, a run of it.
   *
   * @default the newest
   */
  runId?: string;
}

/**
 * Where deployments that run wait: they are asked.
 *
 * @throws SluiceError `notAccepted` when the deployment that is named has ended, or `notFound`
 */
export async function readWaitingGates(
  link: Link,
  { application, runId }: GatesOptions,
): Promise<WaitingGates> {
  const asked: DeploymentFacts[] = [];
  if (application === undefined) for await (const facts of listRunning(link)) asked.push(facts);
  else asked.push(await runToAnswer(link, application, runId));
  const records = await askWhereTheyWait(link, asked);
  return {
    gates: records
      .flatMap(({ gates = [], ...deployment }) => gates.map((gate) => ({ ...gate, deployment })))
      .toSorted(byUrgency),
    unknown: records.filter(({ gatesUnknown }) => gatesUnknown !== undefined),
  };
}
