import { defined } from '../../domain/defined.js';
import type { HttpMethod, OnNoData, Plan, Query, Step, Webhook } from '../../domain/plan.js';
import { queriesIn, webhooksIn } from '../../domain/steps.js';
import { normalName } from '../../domain/naming.js';
import { lowerCase } from '../written/meaning.js';
import type { WrittenDeployment } from '../written/schema.js';

/** The webhooks that the steps run, by their names. */
export function webhooksOf(file: WrittenDeployment, steps: readonly Step[]): Plan['webhooks'] {
  return pick(file.webhooks ?? [], webhooksIn(steps), webhookOf);
}

/** The queries that the steps run, by their names. */
export function queriesOf(file: WrittenDeployment, steps: readonly Step[]): Plan['queries'] {
  const names = queriesIn(steps).map(({ query }) => query);
  return pick(file.analysis?.queries ?? [], names, queryOf);
}

function pick<Written extends { name: string }, Meant>(
  written: readonly Written[],
  names: readonly string[],
  meaning: (item: Written) => Meant,
): Record<string, Meant> {
  const used = new Set(names);
  const named = written.map((item) => [normalName(item.name), item] as const);
  return Object.fromEntries(
    named.filter(([name]) => used.has(name)).map(([name, item]) => [name, meaning(item)]),
  );
}

type WrittenWebhook = NonNullable<WrittenDeployment['webhooks']>[number];

function webhookOf(webhook: WrittenWebhook): Webhook {
  const { bodyTemplate, agentIdentifier } = webhook;
  return {
    method: webhook.method.toUpperCase() as HttpMethod,
    uriTemplate: webhook.uriTemplate,
    headers: webhook.headers ?? [],
    ...(bodyTemplate !== undefined && { bodyTemplate: bodyTemplate.inline }),
    networkMode: webhook.networkMode ?? 'direct',
    ...(agentIdentifier !== undefined && { agentIdentifier: normalName(agentIdentifier) }),
    retryCount: webhook.retryCount ?? 0,
    disableCallback: webhook.disableCallback ?? false,
  };
}

type WrittenQuery = NonNullable<WrittenDeployment['analysis']>['queries'][number];

function queryOf({ queryTemplate, upperLimit, lowerLimit, onNoData }: WrittenQuery): Query {
  return {
    template: queryTemplate,
    ...defined({ upperLimit, lowerLimit }),
    onNoData: lowerCase<OnNoData>(onNoData) ?? 'retry',
  };
}
