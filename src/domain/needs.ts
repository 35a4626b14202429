import { secretNamesOf } from './environmentTemplates.js';
import type { Plan, TargetPlan, Webhook } from './plan.js';
import { queriesIn, stepsOfPlan, webhooksIn } from './steps.js';
import { keysUsed, templatesIn, uses } from './templateUses.js';
import { DEPLOYMENT_LINK } from './variables.js';

/** What a plan uses that only the worker's settings can supply. */
export interface Needs {
  /** The webhooks that wait for a callback. */
  callbacks: string[];
  /** The webhooks that the worker itself calls with a link to the deployment. */
  links: string[];
  /** The metric providers that are asked, each with a query that asks it. */
  providers: Map<string, string>;
  /** The agents that call webhooks, each with a webhook that it calls. */
  agents: Map<string, string>;
  /** The names of the secrets of webhooks that the worker itself calls, and of queries. */
  secrets: string[];
  /** The names of the secrets of environments, each with a variable that is filled in from it. */
  environmentSecrets: Map<string, string>;
}

/** What the steps of a plan need. A step that no target has needs nothing. */
export function needsOf(plan: Plan): Needs {
  const steps = stepsOfPlan(plan);
  const names = new Set(webhooksIn(steps));
  const webhooks = Object.entries(plan.webhooks).filter(([name]) => names.has(name));
  const asked = queriesIn(steps);
  const queries = new Set(asked.map(({ query }) => query));
  const texts = [
    // An agent has secrets of its own, and its own address of the UI.
    ...webhooks.flatMap(([, one]) => (isDirect(one) ? templatesIn(one) : [])),
    ...[...queries].flatMap((query) => plan.queries[query]?.template ?? []),
  ];
  return {
    callbacks: webhooks.filter(([, one]) => !one.disableCallback).map(([name]) => name),
    links: webhooks
      .filter(([, one]) => isDirect(one) && uses(templatesIn(one), DEPLOYMENT_LINK))
      .map(([name]) => name),
    providers: new Map(asked.map(({ provider, query }) => [provider, query])),
    agents: new Map(
      webhooks.flatMap(([name, { agentIdentifier }]) =>
        agentIdentifier === undefined ? [] : [[agentIdentifier, name] as const],
      ),
    ),
    secrets: keysUsed('secrets', texts),
    environmentSecrets: new Map(plan.targets.flatMap(environmentSecretsOf)),
  };
}

function environmentSecretsOf({ name: target, functions }: TargetPlan): [string, string][] {
  return functions.flatMap(({ name, settings: { environment = {} } }) =>
    Object.entries(environment).flatMap(([variable, value]) =>
      secretNamesOf({ value }).map((secret): [string, string] => [
        secret,
        `${variable} of ${name} at ${target}`,
      ]),
    ),
  );
}

function isDirect({ networkMode }: Webhook): boolean {
  return networkMode === 'direct';
}
