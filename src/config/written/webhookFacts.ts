import { normalName } from '../../domain/naming.js';
import type { Path } from '../path.js';
import { said, type HeaderFact, type WebhookFact } from '../rules/facts.js';
import type { Draft } from './draft.js';
import type { WrittenDeployment } from './schema.js';

type Webhook = Draft<NonNullable<WrittenDeployment['webhooks']>[number]>;

/** What the webhooks of a file say. A file without them has none. */
export function webhookFacts(file: Draft<WrittenDeployment>): WebhookFact[] | undefined {
  if (file.webhooks === undefined) return 'webhooks' in file ? undefined : [];
  return file.webhooks.map((webhook = {}, index) => webhookFact(webhook, ['webhooks', index]));
}

function webhookFact(webhook: Webhook, path: Path): WebhookFact {
  const { name, method, uriTemplate, bodyTemplate, networkMode, agentIdentifier } = webhook;
  return {
    name: said(name && normalName(name), [...path, 'name']),
    method: said(method?.toUpperCase(), [...path, 'method']),
    uri: said(uriTemplate, [...path, 'uriTemplate']),
    headers: headerFacts(webhook, [...path, 'headers']),
    body: said(bodyTemplate?.inline, [...path, 'bodyTemplate', 'inline']),
    networkMode: said('networkMode' in webhook ? networkMode : 'direct', [...path, 'networkMode']),
    hasAgent: 'agentIdentifier' in webhook,
    agent: said(agentIdentifier && normalName(agentIdentifier), [...path, 'agentIdentifier']),
    retries: said(webhook.retryCount, [...path, 'retryCount']),
    waits: webhook.disableCallback === false || !('disableCallback' in webhook),
    complete: isComplete(webhook),
  };
}

/** What tells where to call back may be in what could not be read. */
function isComplete({ uriTemplate, ...webhook }: Webhook): boolean {
  const { headers, bodyTemplate } = webhook;
  const isRead = (key: keyof typeof webhook, value: unknown) =>
    value !== undefined || !(key in webhook);
  return (
    uriTemplate !== undefined &&
    isRead('headers', headers) &&
    isRead('bodyTemplate', bodyTemplate?.inline) &&
    (headers ?? []).every((header) => header?.value !== undefined)
  );
}

function headerFacts({ headers = [] }: Webhook, path: Path): HeaderFact[] {
  return headers.map((header, index) => ({
    key: said(header?.key, [...path, index, 'key']),
    value: said(header?.value, [...path, index, 'value']),
  }));
}
