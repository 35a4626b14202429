import type { Client } from '@temporalio/client';
import { targetWorkflowId } from '../domain/names.js';
import { sideBySide } from '../domain/sideBySide.js';
import type { TargetOutcome } from '../domain/outcomes.js';
import type { DeploymentProgress, TargetProgress, TargetSummary } from '../domain/status.js';
import { QUERY_TIMEOUT_MS, queryStatus, type WorkflowRun } from './query.js';
import { MAX_DETAILED_TARGETS, type TargetReport } from './report.js';

/** How many are asked at once. */
export const CONCURRENT_QUERIES = 10;

/** What each target says itself, where the plan is not too large to ask. */
export async function askTargets(
  client: Client,
  deployment: DeploymentProgress,
): Promise<TargetReport[]> {
  const { targets } = deployment;
  if (targets.length > MAX_DETAILED_TARGETS) return targets;
  const deadline = Date.now() + QUERY_TIMEOUT_MS;
  return sideBySide(targets, CONCURRENT_QUERIES, (target) =>
    askTarget(client, deployment, target, deadline),
  );
}

async function askTarget(
  client: Client,
  deployment: DeploymentProgress,
  target: TargetSummary,
  deadline: number,
): Promise<TargetReport> {
  const run = { workflowId: targetWorkflowId(deployment.application, target.name) };
  if (target.phase === 'running') {
    const progress = await queryStatus<TargetProgress>(client, run, deadline);
    return progress === undefined ? target : { ...target, progress };
  }
  if (target.phase !== 'ended') return target;
  const outcome = await resultOf(client, run, deadline);
  const isOwn =
    outcome !== undefined &&
    outcome.status === target.status &&
    outcome.startedAt >= deployment.startedAt;
  return isOwn ? { ...target, outcome } : target;
}

/**
 * What the last run of a target returned. That may be a run of an earlier deployment, where the
 * target was blocked in this one.
 */
async function resultOf(
  client: Client,
  { workflowId }: WorkflowRun,
  deadline: number,
): Promise<TargetOutcome | undefined> {
  const handle = client.workflow.getHandle(workflowId);
  try {
    return (await client.withDeadline(deadline, () => handle.result())) as TargetOutcome;
  } catch {
    return undefined;
  }
}
