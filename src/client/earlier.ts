import type { Plan } from '../domain/plan.js';
import { SluiceError } from '../errors.js';
import { decode, type HistoryEvent } from './children.js';
import { HISTORY_TIMEOUT_MS, planOf } from './history.js';
import type { Link } from './link.js';
import type { DeploymentFacts } from './report.js';
import { ask } from './requests.js';

/** A deployment of before, as its history tells it. */
export interface Earlier {
  plan: Plan;
  events: readonly HistoryEvent[];
}

/** @throws SluiceError `notAccepted` when it was started with something that is no plan */
export async function readEarlier(link: Link, facts: DeploymentFacts): Promise<Earlier> {
  const handle = link.client.workflow.getHandle(facts.workflowId, facts.runId);
  const { events } = await ask(link, () => handle.fetchHistory(), HISTORY_TIMEOUT_MS);
  const plan = planOf(events?.[0]);
  if (plan !== undefined) return { plan, events: events ?? [] };
  throw new SluiceError(
    'notAccepted',
    `Deployment ${facts.deploymentId ?? facts.runId} of "${facts.application}" was started with something that is no plan.`,
  );
}

/** What one activity of a run was asked and answered. */
interface CompletedActivity {
  input: unknown;
  result: unknown;
}

/** The completed activities of a type, in the order in which they were asked for. */
export function activitiesOf(events: readonly HistoryEvent[], type: string): CompletedActivity[] {
  const results = new Map<string, unknown>();
  for (const { activityTaskCompletedEventAttributes: completed } of events) {
    if (!completed) continue;
    results.set(String(completed.scheduledEventId), decode(completed.result?.payloads?.[0]));
  }
  return events.flatMap(({ eventId, activityTaskScheduledEventAttributes: scheduled }) => {
    const id = String(eventId);
    if (scheduled?.activityType?.name !== type || !results.has(id)) return [];
    return [{ input: decode(scheduled.input?.payloads?.[0]), result: results.get(id) }];
  });
}
