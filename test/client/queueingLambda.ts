import type { Client } from '@temporalio/client';
import { beating } from '../../src/activities/beat.js';
import { checkPlan } from '../../src/activities/checkPlan.js';
import { awaitClosed, latestRun } from '../../src/activities/otherRuns.js';
import { checkPlan as checkedPlan } from '../../src/config/index.js';
import { createClosingWait } from '../../src/worker/closing.js';
import { createLatestRun } from '../../src/worker/latestRun.js';
import { MemoryLambda } from '../support/memoryLambda.js';

/** A Lambda in memory with workers that look at other runs as they are, as queues have to. */
export function queueingLambda(client: Client): MemoryLambda {
  const lambda = new MemoryLambda();
  lambda.activities.checkPlan = checkPlan((value) => {
    const checked = checkedPlan(value);
    return 'problems' in checked ? checked.problems : [];
  });
  lambda.activities.latestRun = latestRun(createLatestRun(client));
  lambda.activities.awaitClosed = beating(awaitClosed(createClosingWait(client)));
  return lambda;
}
