import { MAX_RETRIES } from '../../domain/plan.js';
import { readTemplate } from '../../domain/templates.js';
import { CALLBACK_URI } from '../../domain/variables.js';
import { atValue, type Breach } from '../findings.js';
import type { Facts, WebhookFact } from './facts.js';
import type { Rule } from './rule.js';
import { stepsOf } from './stepLists.js';

/** By the Fetch standard, a header's value is made of bytes, and of no control characters. */
export const NOT_IN_HEADERS = /[^\t\x20-\x7e\x80-\xff]/;

const WITHOUT_BODY = new Set(['GET', 'HEAD']);

const webhook = (
  rest: string,
) => `strategies: {gradual: {canary: {steps: [{runWebhook: {name: tests}}]}}}
webhooks:
  - {name: tests, uriTemplate: "https://ci.example.com", ${rest}}`;

export const webhookAgent: Rule = {
  code: 'webhook-agent',
  reason:
    'With networkMode: remoteNetworkAgent a call is sent by the agent that agentIdentifier names. Otherwise the worker sends it, and an agent has no part in it.',
  wrong: webhook('method: POST, disableCallback: true, networkMode: remoteNetworkAgent'),
  right: webhook(
    'method: POST, disableCallback: true, networkMode: remoteNetworkAgent, agentIdentifier: datacentre',
  ),
  breaches: eachWebhook(({ networkMode, hasAgent, agent }) => {
    if (networkMode?.value === 'direct' && agent !== undefined)
      return [
        atValue(
          agent.place.path,
          'A call that the worker sends directly has no agent.',
          'Add networkMode: remoteNetworkAgent, or remove agentIdentifier.',
        ),
      ];
    if (networkMode?.value !== 'remoteNetworkAgent' || hasAgent) return [];
    return [
      atValue(
        networkMode.place.path,
        'It is not said which agent sends the call.',
        'Add agentIdentifier, with the identifier that the agent was started with.',
      ),
    ];
  }),
};

export const webhookBody: Rule = {
  code: 'webhook-body',
  reason: 'A GET or HEAD request has no body: HTTP clients refuse to send one.',
  wrong: webhook('method: GET, disableCallback: true, bodyTemplate: {inline: run}'),
  right: webhook('method: POST, disableCallback: true, bodyTemplate: {inline: run}'),
  breaches: eachWebhook(({ method, body }) => {
    if (body === undefined || !WITHOUT_BODY.has(method?.value ?? '')) return [];
    const message = `A ${method?.value} request has no body.`;
    return [{ place: body.place, message, remedy: 'Use POST, or remove the bodyTemplate.' }];
  }),
};

export const headerValue: Rule = {
  code: 'header-value',
  reason:
    'A header is one line of Latin letters. HTTP clients refuse line breaks and most other characters in it.',
  wrong: webhook('method: POST, disableCallback: true, headers: [{key: X-Note, value: "a\\nb"}]'),
  right: webhook('method: POST, disableCallback: true, headers: [{key: X-Note, value: "a b"}]'),
  breaches: eachWebhook(({ headers }) =>
    headers.flatMap(({ value }) =>
      value !== undefined && NOT_IN_HEADERS.test(value.value)
        ? {
            place: value.place,
            message:
              'The value of the header contains a line break or a character that HTTP does not allow there.',
            remedy:
              'Write it in one line: with |- instead of |, a block has no line break at its end.',
          }
        : [],
    ),
  ),
};

export const retryCount: Rule = {
  code: 'retry-count',
  inEditor: true,
  reason: `A call is tried again 0 to ${MAX_RETRIES} times.`,
  wrong: webhook('method: POST, disableCallback: true, retryCount: -1'),
  right: webhook('method: POST, disableCallback: true, retryCount: 3'),
  breaches: eachWebhook(({ retries }) => {
    if (retries === undefined || (retries.value >= 0 && retries.value <= MAX_RETRIES)) return [];
    const message = `The retryCount is ${retries.value}, and a call is tried again 0 to ${MAX_RETRIES} times.`;
    const remedy = `Write a number from 0 to ${MAX_RETRIES}.`;
    return [{ place: retries.place, message, remedy }];
  }),
};

/** The step would wait for 24 hours, and fail. */
export const callbackNotGiven: Rule = {
  code: 'callback-not-given',
  severity: 'warning',
  reason:
    'The step waits for a callback, and only {{sluice.callbackUri}} tells the other side where to call: without it, it waits for 24 hours and fails.',
  wrong: webhook('method: POST, bodyTemplate: {inline: run}'),
  right: webhook(
    `method: POST, bodyTemplate: {inline: '{"callback": "{{sluice.callbackUri}}/callback"}'}`,
  ),
  breaches(facts) {
    const used = new Set(stepsOf(facts).map(({ webhook }) => webhook?.name?.value));
    return (facts.webhooks ?? [])
      .filter(({ name, complete }) => complete && used.has(name?.value))
      .flatMap(withoutCallback);
  },
};

function withoutCallback({ name, uri, headers, body, waits }: WebhookFact): Breach[] {
  const texts = [uri, body, ...headers.map(({ value }) => value)];
  const given = texts.flatMap((text) => readTemplate(text?.value ?? '').variables);
  if (name === undefined || !waits || given.some((each) => each.name === CALLBACK_URI)) return [];
  const message = `The webhook ${name.value} waits for a callback, and tells nobody where to call.`;
  const remedy =
    'Use {{sluice.callbackUri}} in its body, a header or its address, or add disableCallback: true.';
  return [{ place: name.place, message, remedy }];
}

function eachWebhook(find: (webhook: WebhookFact) => Breach[]): (facts: Facts) => Breach[] {
  return ({ webhooks = [] }) => webhooks.flatMap(find);
}
