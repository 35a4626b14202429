import type { RawValue } from '@temporalio/common';
import {
  ApplicationFailure,
  defineWorkflowOptions,
  CancellationScope,
  upsertMemo,
  workflowInfo,
} from '@temporalio/workflow';
import { failureSentence } from '../../domain/failures.js';
import { DEPLOYMENT_FAILED, deploymentWorkflowId } from '../../domain/names.js';
import { releasesAfter, startOrder } from '../../domain/order.js';
import {
  inWords,
  type DeploymentOutcome,
  type DeploymentStatus,
  type TargetOutcome,
} from '../../domain/outcomes.js';
import type { Plan } from '../../domain/plan.js';
import { pinAll } from '../sources/pinnedPackages.js';
import { pinSecrets } from '../sources/pinnedSecrets.js';
import { checkedPlan } from '../temporal/checkedPlan.js';
import { RAW_INPUT } from '../temporal/raw.js';
import { DeploymentState } from './deploymentState.js';
import { listen } from './handlers.js';
import { Inbox } from './inbox.js';
import { deploymentOutcome } from './outcome.js';
import type { Router } from './router.js';
import { SameBytes } from './sameBytes.js';
import { Slots } from '../temporal/slots.js';
import { superviseTarget } from './superviseTarget.js';

/**
 * One deployment of one application: fix the packages, start targets as their dependencies settle,
 * collect the outcomes.
 *
 * @throws ApplicationFailure `DeploymentFailed` with the outcome, unless every target succeeded
 */
export async function sluiceDeployment(raw: RawValue): Promise<DeploymentOutcome> {
  const inbox = new Inbox(CancellationScope.current());
  listen(inbox);
  const deployment = new DeploymentState(await readPlan(raw));
  const router = inbox.open(deployment);
  CancellationScope.current().cancelRequested.catch(() => deployment.course.cancelled());
  await runTargets(deployment, router);
  await CancellationScope.nonCancellable(() => router.settled());
  deployment.course.enter('ended');
  return conclude(deploymentOutcome(deployment));
}

defineWorkflowOptions(sluiceDeployment, { staticOptions: { typeInfo: RAW_INPUT } });

async function readPlan(raw: RawValue): Promise<Plan> {
  const plan = await checkedPlan(raw);
  assertOwnId(plan);
  return plan;
}

/** The workflow id is the application's lock: under another one the lock would hold nothing. */
function assertOwnId({ application }: Plan): void {
  const { workflowId } = workflowInfo();
  const own = deploymentWorkflowId(application);
  if (workflowId === own) return;
  throw ApplicationFailure.nonRetryable(
    `A deployment of ${application} has to have the workflow id ${own}; this one has ${workflowId}.`,
    'invalidPlan',
  );
}

/** In start order, so that what a target waits for has its promise before the target does. */
async function runTargets(deployment: DeploymentState, router: Router): Promise<void> {
  const { targets } = deployment.plan;
  const pinned = pinAll(deployment.plan);
  const starting = {
    secrets: pinSecrets(deployment.plan),
    slots: new Slots(),
    router,
    sameBytes: new SameBytes(deployment.plan, pinned),
  };
  const after = releasesAfter(targets);
  const outcomes = new Map<string, Promise<TargetOutcome>>();
  const outcomesOf = (names: Iterable<string>): Promise<TargetOutcome>[] =>
    [...names].flatMap((name) => outcomes.get(name) ?? []);
  for (const target of startOrder(targets)) {
    const predecessors = {
      dependencies: outcomesOf(target.dependsOn),
      others: outcomesOf(after.get(target.name) ?? []),
    };
    outcomes.set(target.name, superviseTarget(deployment, target, predecessors, pinned, starting));
  }
  await Promise.all(outcomes.values());
}

function conclude(outcome: DeploymentOutcome): DeploymentOutcome {
  upsertMemo({ status: outcome.status, outcome });
  if (outcome.status === 'succeeded') return outcome;
  const first = outcome.failures[0];
  throw ApplicationFailure.nonRetryable(
    `The deployment of ${outcome.application} ${verdict(outcome)}. ${first === undefined ? '' : failureSentence(first)}`,
    DEPLOYMENT_FAILED,
    outcome,
  );
}

function verdict({ status, counts }: DeploymentOutcome): string {
  const targets = Object.entries(counts).map(([key, count]) => `${count} ${inWords(key)}`);
  return `${VERDICTS[status]} (targets: ${targets.join(', ')})`;
}

const VERDICTS: Readonly<Record<DeploymentStatus, string>> = {
  succeeded: 'succeeded',
  rolledBack: 'was rolled back, as somebody asked',
  failed: 'failed',
  cancelled: 'was cancelled',
};
