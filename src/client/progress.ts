import type { Client } from '@temporalio/client';
import type { DeploymentProgress } from '../domain/status.js';
import { QUERY_TIMEOUT_MS, queryStatus, type WorkflowRun } from './query.js';

/** What a running deployment says, or undefined when it does not answer. */
export async function queryDeployment(
  client: Client,
  run: WorkflowRun,
): Promise<DeploymentProgress | undefined> {
  const deadline = Date.now() + QUERY_TIMEOUT_MS;
  const page = (offset: number) =>
    queryStatus<DeploymentProgress>(client, run, deadline, { offset });
  const progress = await page(0);
  while (progress !== undefined && progress.targets.length < progress.total) {
    const more = (await page(progress.targets.length))?.targets ?? [];
    if (more.length === 0) return undefined;
    progress.targets.push(...more);
  }
  return progress;
}
