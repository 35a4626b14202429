import { canBeReadOnItsWay } from '../../domain/plainHttp.js';
import { keyIn, readTemplate, type TemplateVariable } from '../../domain/templates.js';
import { CALLBACK_URI } from '../../domain/variables.js';
import type { Breach } from '../findings.js';
import type { WebhookFact } from './facts.js';
import type { Rule } from './rule.js';

const webhook = (scheme: string) => `webhooks:
  - {name: tests, method: POST, uriTemplate: "${scheme}://ci.example.com", disableCallback: true, headers: [{key: Authorization, value: "Bearer {{secrets.ci-token}}"}]}`;

/** Who has the address of a callback can answer in the place of the called system. */
export const plainHttp: Rule = {
  code: 'plain-http',
  severity: 'warning',
  reason:
    'What is sent over http can be read by everybody on its way: {{secrets.…}}, and {{sluice.callbackUri}}, with which anybody can answer the step.',
  wrong: webhook('http'),
  right: webhook('https'),
  breaches: ({ webhooks = [] }) => webhooks.flatMap(inWebhook),
};

function inWebhook({ uri, headers, body }: WebhookFact): Breach[] {
  if (uri === undefined || !canBeReadOnItsWay(uri.value)) return [];
  const texts = [uri, body, ...headers.map(({ value }) => value)];
  const variables = texts.flatMap((text) => readTemplate(text?.value ?? '').variables);
  const secret = variables.find(isSecret) ?? variables.find(({ name }) => name === CALLBACK_URI);
  if (secret === undefined) return [];
  return [
    {
      place: uri.place,
      message: `{{${secret.written}}} is sent over http, and can be read on its way.`,
      remedy: 'Call it with https.',
    },
  ];
}

function isSecret({ name }: TemplateVariable): boolean {
  return keyIn('secrets', name) !== undefined;
}
