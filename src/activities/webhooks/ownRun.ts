import { activityInfo } from '@temporalio/activity';

/** The workflow run that this activity is part of. */
export function ownRun(): { namespace: string; workflowId: string; runId: string } {
  const { namespace, workflowExecution } = activityInfo();
  if (workflowExecution === undefined) throw new Error('webhooks are called by workflows');
  return { namespace, ...workflowExecution };
}
