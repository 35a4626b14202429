import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  CancellationScope,
  ChildWorkflowCancellationType,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  startChild,
} from '@temporalio/workflow';
import { detailsText, marked, summaryText } from '../../domain/markdownText.js';
import { TARGET_WORKFLOW, targetWorkflowId } from '../../domain/names.js';
import type { TargetInput } from '../../domain/target.js';
import type { sluiceTarget } from '../target/target.js';
import { waiting } from '../temporal/activities.js';
import type { DeploymentState, TargetHandle } from './deploymentState.js';
import type { Slots } from '../temporal/slots.js';

/**
 * Starts a target's workflow. Its id is the target's lock: when an earlier run holds it, because its
 * deployment was terminated or reset, that run is cancelled, which makes it roll back, and waited
 * for.
 */
export async function startTarget(
  deployment: DeploymentState,
  input: TargetInput,
  slots: Slots,
): Promise<TargetHandle> {
  const bytes = JSON.stringify(input).length;
  for (;;) {
    try {
      return await slots.during(bytes, () => start(deployment, input));
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    await takeOver(deployment, input);
  }
}

async function start(deployment: DeploymentState, input: TargetInput): Promise<TargetHandle> {
  // In the very moment of the start: it may have waited for long.
  if (deployment.stopped.has(input.target)) await deployment.rejectOnceStopped(input.target);
  // Raw values are what the target decodes; the wire format is the same.
  const args = [input] as unknown as Parameters<typeof sluiceTarget>;
  return startChild<typeof sluiceTarget>(TARGET_WORKFLOW, {
    args,
    workflowId: targetWorkflowId(input.application, input.target),
    parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    staticSummary: summaryText(
      `${input.target}: ${input.functions.map(({ plan }) => plan.name).join(', ')}`,
    ),
    staticDetails: detailsText(marked`Deploys to ${input.region} as ${input.deployRoleArn}.`),
  });
}

async function takeOver(
  deployment: DeploymentState,
  { application, target }: TargetInput,
): Promise<void> {
  const workflowId = targetWorkflowId(application, target);
  const waits = new CancellationScope();
  deployment.waitsForHolder(target);
  deployment.rejectOnceStopped(target).catch(() => waits.cancel());
  try {
    // It may have ended by itself in this moment, which is just as good.
    await getExternalWorkflowHandle(workflowId)
      .cancel()
      .catch(() => undefined);
    await waits.run(() =>
      waiting(`wait until the earlier run of ${target} has ended`).awaitClosed(workflowId),
    );
  } finally {
    deployment.holderHasEnded(target);
  }
}
