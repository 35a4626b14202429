import type { Plan, Webhook } from './plan.js';
import { queriesIn, stepsOfPlan, webhooksIn } from './steps.js';
import { keysUsed, templatesIn } from './templateUses.js';

/** What a plan uses that only the worker's settings can supply. */
export interface Needs {
  /** The webhooks that wait for a callback. */
  callbacks: string[];
  /** The metric providers that are asked, each with a query that asks it. */
  providers: Map<string, string>;
  /** The agents that call webhooks, each with a webhook that it calls. */
  agents: Map<string, string>;
  /** The names of the secrets of webhooks that the worker itself calls, and of queries. */
  secrets: string[];
}

/** What the steps of a plan need. A step that no target has needs nothing. */
export function needsOf(plan: Plan): Needs {
  const steps = stepsOfPlan(plan);
  const names = new Set(webhooksIn(steps));
  const webhooks = Object.entries(plan.webhooks).filter(([name]) => names.has(name));
  const uses = queriesIn(steps);
  const queries = new Set(uses.map(({ query }) => query));
  const texts = [
    // An agent has secrets of its own.
    ...webhooks.flatMap(([, one]) => (isDirect(one) ? templatesIn(one) : [])),
    ...[...queries].flatMap((query) => plan.queries[query]?.template ?? []),
  ];
  return {
    callbacks: webhooks.filter(([, one]) => !one.disableCallback).map(([name]) => name),
    providers: new Map(uses.map(({ provider, query }) => [provider, query])),
    agents: new Map(
      webhooks.flatMap(([name, { agentIdentifier }]) =>
        agentIdentifier === undefined ? [] : [[agentIdentifier, name] as const],
      ),
    ),
    secrets: keysUsed('secrets', texts),
  };
}

function isDirect({ networkMode }: Webhook): boolean {
  return networkMode === 'direct';
}
