import { jsonFaultLine } from '../../domain/jsonTemplate.js';
import { readTemplate } from '../../domain/templates.js';
import type { Breach } from '../findings.js';
import type { HeaderFact, WebhookFact } from './facts.js';
import type { Rule } from './rule.js';

const webhook = (
  body: string,
) => `strategies: {gradual: {canary: {steps: [{runWebhook: {name: tests}}]}}}
webhooks:
  - name: tests
    method: POST
    uriTemplate: https://ci.example.com
    disableCallback: true
    headers: [{key: Content-Type, value: application/json}]
    bodyTemplate:
      inline: |-
        {
          "target": "{{sluice.environmentName}}"${body}
          "release": "1.4.0"
        }`;

/** Whoever is called would refuse it, in the middle of a deployment. */
export const webhookJson: Rule = {
  code: 'webhook-json',
  reason:
    'The Content-Type says that the body is JSON, and with a value in the place of each variable it is none. Mostly a comma or a quote is missing.',
  wrong: webhook(''),
  right: webhook(','),
  breaches: ({ webhooks = [] }) => webhooks.flatMap(badJson),
};

function badJson({ headers, body }: WebhookFact): Breach[] {
  if (body === undefined || !headers.some(saysJson)) return [];
  // What is wrong with the braces is said already.
  if (readTemplate(body.value).faults.length > 0) return [];
  const line = jsonFaultLine(body.value);
  if (line === undefined) return [];
  return [
    {
      place: { ...body.place, line },
      message: `The body is to be JSON, as its Content-Type says, and is none from its line ${line + 1} on.`,
      remedy: 'Mend the JSON; a variable whose value is a text stands in quotes: "{{…}}".',
    },
  ];
}

/** One JSON value, not the several lines of them of types such as application/x-ndjson. */
function saysJson({ key, value }: HeaderFact): boolean {
  if (key?.value.toLowerCase() !== 'content-type') return false;
  const [type = ''] = (value?.value ?? '').toLowerCase().split(';');
  return ['application/json', 'text/json'].includes(type.trim()) || type.trim().endsWith('+json');
}
