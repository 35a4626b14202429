import { setTimeout as wait } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { deploymentWorkflowId } from '../../../src/domain/names.js';
import type { DeploymentOutcome, TargetOutcome } from '../../../src/domain/outcomes.js';
import type { Plan } from '../../../src/domain/plan.js';
import type { DeploymentProgress, TargetSummary } from '../../../src/domain/status.js';
import type { Activities } from '../../../src/activities/createActivities.js';
import type { MemoryFunction } from '../../support/memoryFunction.js';
import { MemoryLambda } from '../../support/memoryLambda.js';
import { outcomeOf } from '../../support/outcomes.js';
import type { WorkflowServer } from '../../support/workflowServer.js';
import { prepare } from './befores.js';
import { Calls, type Call } from './calls.js';
import { Operator } from './operator.js';
import type { Scenario } from './scenario.js';

/** In milliseconds: far more than any scenario takes, also on a machine that has much else to do. */
const LIMIT_MS = 4 * 60_000;
const LOOK_EVERY_MS = 200;

/** How much is shown of what did not end. */
const LAST_EVENTS = 8;
const EVENT_LENGTH = 400;

/** Everything that can be seen of a scenario when it has ended. */
export interface Played {
  scenario: Scenario;
  outcome: DeploymentOutcome;
  /** As the deployment knows them. */
  summaries: TargetSummary[];
  /** Of the targets that ran. */
  outcomes: Map<string, TargetOutcome>;
  before: Map<string, MemoryFunction>;
  after: Map<string, MemoryFunction>;
  calls: readonly Call[];
  /** Changes of `$LATEST` that were live at once by an alias. */
  exposed: readonly string[];
}

/** A scenario's world, before anything happens in it. */
export class Stage {
  readonly #lambda = new MemoryLambda();
  readonly #before: Map<string, MemoryFunction>;
  readonly #operator: Operator;
  readonly #calls: Calls;
  readonly activities: Activities;

  constructor(
    private readonly server: WorkflowServer,
    private readonly scenario: Scenario,
  ) {
    const { plan, befores, faults, acts, lastWord } = scenario;
    prepare(this.#lambda, plan, befores);
    this.#before = structuredClone(this.#lambda.functions);
    this.#operator = new Operator(server.env.client.workflow, plan, lastWord);
    this.#calls = new Calls(faults, acts, (act) => this.#operator.act(act));
    this.activities = this.#calls.around(this.#lambda.activities);
  }

  /** Plays the scenario to its end; a worker has to run the activities meanwhile. */
  async play(): Promise<Played> {
    const { server, scenario } = this;
    const handle = await server.start(scenario.plan);
    const outcome = await unlessItHangs(server, scenario.plan, this.#live(handle));
    const { targets: summaries } = await handle.query<DeploymentProgress>('status');
    const outcomes = await outcomesOf(server, scenario.plan, summaries);
    await this.#calls.arrived();
    const after = this.#lambda.functions;
    const calls = this.#calls.made;
    const { exposed } = this.#lambda;
    return { scenario, outcome, summaries, outcomes, before: this.#before, after, calls, exposed };
  }

  async #live(handle: WorkflowHandle): Promise<DeploymentOutcome> {
    let ended = false;
    const outcome = outcomeOf(handle).finally(() => (ended = true));
    const answering = async (): Promise<void> => {
      while (!ended) {
        await this.#operator.lookAround();
        await Promise.race([outcome.catch(() => undefined), wait(LOOK_EVERY_MS)]);
      }
    };
    const [result] = await Promise.all([outcome, answering(), this.#act()]);
    return result;
  }

  async #act(): Promise<void> {
    for (const act of this.scenario.acts) {
      if (!('afterMs' in act.moment)) continue;
      await wait(act.moment.afterMs);
      await this.#operator.act(act);
    }
  }
}

async function outcomesOf(
  server: WorkflowServer,
  plan: Plan,
  summaries: TargetSummary[],
): Promise<Map<string, TargetOutcome>> {
  const ran = summaries.filter(({ startedAt }) => startedAt !== undefined);
  return new Map(
    await Promise.all(
      ran.map(async ({ name }) => [name, await server.targetOutcome(plan, name)] as const),
    ),
  );
}

async function unlessItHangs<Result>(
  server: WorkflowServer,
  plan: Plan,
  run: Promise<Result>,
): Promise<Result> {
  const stop = new AbortController();
  const limit = wait(LIMIT_MS, 'hangs' as const, { signal: stop.signal });
  limit.catch(() => undefined);
  try {
    const first = await Promise.race([run, limit]);
    if (first !== 'hangs') return first;
  } finally {
    stop.abort();
  }
  run.catch(() => undefined);
  const lines = await terminate(server, plan);
  throw new Error(`It did not end. The last events:\n${lines.join('\n')}`);
}

/** @returns what happened last in each run */
async function terminate(server: WorkflowServer, plan: Plan): Promise<string[]> {
  const { workflow } = server.env.client;
  const handles = [
    workflow.getHandle(deploymentWorkflowId(plan.application)),
    ...plan.targets.map(({ name }) => server.target(plan, name)),
  ];
  const lines: string[] = [];
  for (const handle of handles) {
    try {
      const text = historyToJSON(await handle.fetchHistory());
      const { events } = JSON.parse(text) as { events: object[] };
      const last = events
        .slice(-LAST_EVENTS)
        .map((one) => JSON.stringify(one).slice(0, EVENT_LENGTH));
      lines.push(handle.workflowId, ...last);
      await handle.terminate();
    } catch {
      lines.push(`${handle.workflowId} does not run`);
    }
  }
  return lines;
}
