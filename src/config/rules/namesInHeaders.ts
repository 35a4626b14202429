import { keyIn, readTemplate } from '../../domain/templates.js';
import { NAMES, type NameKind } from '../../domain/naming.js';
import type { Breach } from '../findings.js';
import { quoted } from '../quoted.js';
import type { Facts, HeaderFact, Said, StepFact, WebhookFact } from './facts.js';
import type { Rule } from './rule.js';
import { NOT_IN_HEADERS } from './webhooks.js';

const targets = (name: string) => `targets:
  ${name}:
    constraints: {afterDeployment: [{runWebhook: {name: tests}}]}
webhooks:
  - {name: tests, method: POST, uriTemplate: "https://ci.example.com", disableCallback: true, headers: [{key: X-Target, value: "{{sluice.environmentName}}"}]}`;

/** The variables in whose values the name of an application stands, and that of a target. */
const OF_APPLICATIONS = ['applicationName', 'answerCommand'];
const OF_TARGETS = ['environmentName', 'gate', 'answerCommand'];

/** What fails only when the webhook is called, in the middle of a deployment. */
export const nameInHeader: Rule = {
  code: 'name-in-header',
  reason:
    'A header is one line of Latin letters, so the name of a target or an application in another script cannot be sent in one.',
  wrong: targets('東京'),
  right: targets('tokyo'),
  breaches(facts) {
    const { webhooks = [], application } = facts;
    const targetsOf = targetsByWebhook(facts);
    return webhooks.flatMap((webhook) => [
      ...breachesOf(webhook, OF_APPLICATIONS, 'application', [application]),
      ...breachesOf(webhook, OF_TARGETS, 'target', targetsOf(webhook)),
    ]);
  },
};

function breachesOf(
  { headers }: WebhookFact,
  variables: readonly string[],
  kind: NameKind,
  names: readonly (Said<string> | undefined)[],
): Breach[] {
  const name = names.find((one) => one !== undefined && NOT_IN_HEADERS.test(one.value));
  if (name === undefined) return [];
  const message = `No header can have the name of ${NAMES[kind].noun}, ${quoted(name.value)}.`;
  const remedy = 'Send it in the body or in the address, or name it in Latin letters.';
  return headers.flatMap(({ value }) =>
    value !== undefined && uses(value, variables) ? { place: value.place, message, remedy } : [],
  );
}

function uses({ value }: NonNullable<HeaderFact['value']>, keys: readonly string[]): boolean {
  return readTemplate(value).variables.some(({ name }) =>
    keys.includes(keyIn('sluice', name) ?? ''),
  );
}

/** The targets at which each webhook is called. */
function targetsByWebhook({ targets = [], strategies = [] }: Facts) {
  const steps = new Map(strategies.map((strategy) => [strategy.name.value, strategy.steps]));
  const callers = new Map<string, Said<string>[]>();
  for (const { name, before, after, strategy } of targets) {
    const all = [...before, ...(steps.get(strategy?.value ?? '') ?? []), ...after];
    for (const webhook of new Set(all.flatMap(calledBy)))
      callers.set(webhook, [...(callers.get(webhook) ?? []), name]);
  }
  return ({ name }: WebhookFact) => callers.get(name?.value ?? '') ?? [];
}

function calledBy({ webhook }: StepFact): string[] {
  return webhook?.name === undefined ? [] : [webhook.name.value];
}
