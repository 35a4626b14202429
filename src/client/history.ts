import type { Client } from '@temporalio/client';
import { accountOf } from '../domain/arns.js';
import { targetWorkflowId } from '../domain/names.js';
import type { DeploymentOutcome, TargetOutcome } from '../domain/outcomes.js';
import type { Plan } from '../domain/plan.js';
import { type Child, childrenOf, decode, type HistoryEvent } from './children.js';
import type { TargetReport } from './report.js';

/** The history of two thousand targets has several megabytes. In milliseconds. */
export const HISTORY_TIMEOUT_MS = 30_000;

/**
 * The targets of a run as its history tells them: for a deployment that has ended, or that no
 * worker can answer for.
 *
 * @param outcome - how the deployment ended, if it has
 * @returns an empty list when the run's plan cannot be read
 */
export async function readTargets(
  client: Client,
  { workflowId, runId }: { workflowId: string; runId: string },
  outcome?: DeploymentOutcome,
): Promise<TargetReport[]> {
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const plan = planOf(events?.[0]);
  if (plan === undefined) return [];
  const children = childrenOf(events ?? []);
  return plan.targets.map(({ name, region, deployRoleArn, dependsOn }) => ({
    name,
    region,
    accountId: accountOf(deployRoleArn),
    dependsOn,
    ...stateOf(name, children.get(targetWorkflowId(plan.application, name)), outcome),
  }));
}

/** The outcomes that the targets of a run returned, by their names. */
export function outcomesIn(
  { application, targets }: Plan,
  events: readonly HistoryEvent[],
): Map<string, TargetOutcome> {
  const children = childrenOf(events);
  return new Map(
    targets.flatMap(({ name }) => {
      const outcome = children.get(targetWorkflowId(application, name))?.outcome;
      return outcome === undefined ? [] : [[name, outcome] as const];
    }),
  );
}

type State = Pick<
  TargetReport,
  'phase' | 'startedAt' | 'endedAt' | 'status' | 'failure' | 'outcome'
>;

function stateOf(name: string, child?: Child, deployment?: DeploymentOutcome): State {
  if (child?.outcome) {
    const { outcome } = child;
    const { startedAt, endedAt, status, failure } = outcome;
    return { phase: 'ended', startedAt, endedAt, status, ...(failure && { failure }), outcome };
  }
  if (deployment === undefined) return { phase: child?.phase ?? 'waiting' };
  return { phase: 'ended', ...decidedWithoutChild(name, child, deployment) };
}

/** What the deployment decided about a target that returned no outcome of its own. */
function decidedWithoutChild(
  name: string,
  child: Child | undefined,
  { failures }: DeploymentOutcome,
): Pick<State, 'status' | 'failure'> {
  const failure = failures.find(({ target }) => target === name);
  if (failure === undefined) return {};
  if (failure.code === 'cancelled' || failure.code === 'rollbackRequested') {
    return { status: 'cancelled', failure };
  }
  return { status: child === undefined ? 'blocked' : 'rollbackFailed', failure };
}

/** The start argument may come from anyone: what is not a plan has no targets. */
export function planOf(event: HistoryEvent | undefined): Plan | undefined {
  const payload = event?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
  const plan = decode(payload) as Partial<Plan> | undefined;
  return Array.isArray(plan?.targets) && plan.targets.every(isTarget) ? (plan as Plan) : undefined;
}

function isTarget(value: unknown): boolean {
  const { name, region, deployRoleArn, dependsOn } = (value ?? {}) as Record<string, unknown>;
  const texts = [name, region, deployRoleArn];
  return texts.every((text) => typeof text === 'string') && Array.isArray(dependsOn);
}
