import {
  MAX_TEMPLATE,
  MAX_VARIABLES,
  readName,
  readTemplate,
  variablesOfAll,
} from '../../domain/templates.js';
import type { TemplateOwner } from '../../domain/variables.js';
import type { Breach } from '../findings.js';
import { quoted } from '../quoted.js';
import type { Said } from './facts.js';
import type { Rule } from './rule.js';
import { environmentValues } from './settingsFacts.js';
import { templateTexts, textsOf } from './templates.js';

const webhook = (
  body: string,
) => `strategies: {gradual: {canary: {steps: [{runWebhook: {name: tests}}]}}}
webhooks:
  - {name: tests, method: POST, uriTemplate: "https://ci.example.com", bodyTemplate: {inline: '${body}'}}`;

export const templateTooLarge: Rule = {
  code: 'template-too-large',
  reason: `What a webhook or a query says has at most ${MAX_TEMPLATE} characters and ${MAX_VARIABLES} variables, all its texts together: it is sent to Temporal and filled in each time that a step uses it.`,
  wrong: webhook('a text with a thousand variables … {{sluice.callbackUri}}'),
  right: webhook('{{sluice.callbackUri}}'),
  abridged: true,
  breaches: ({ webhooks = [], queries = [], ...facts }) => [
    ...webhooks.flatMap((one) => tooLarge('webhook', one.name, textsOf(one))),
    ...queries.flatMap((one) => tooLarge('query', one.name, one.template ? [one.template] : [])),
    ...environmentValues(facts).flatMap(tooMany),
  ],
};

function tooLarge(
  noun: TemplateOwner,
  name: Said<string> | undefined,
  texts: readonly Said<string>[],
): Breach[] {
  const length = texts.reduce((sum, { value }) => sum + value.length, 0);
  const { whole } = variablesOfAll(texts.map(({ value }) => value));
  const [first] = texts;
  if (first === undefined || (length <= MAX_TEMPLATE && whole)) return [];
  const owner = name === undefined ? `A ${noun}` : `The ${noun} ${quoted(name.value)}`;
  const amount =
    length > MAX_TEMPLATE
      ? `${length} characters, and the most it may have is ${MAX_TEMPLATE}`
      : `more than ${MAX_VARIABLES} variables, which is the most it may have`;
  const remedy = 'Say less in it, or make several of it.';
  return [{ place: (name ?? first).place, message: `${owner} has ${amount}.`, remedy }];
}

/** A value of an environment is not read beyond that, so a secret after it would stay as it is. */
function tooMany({ value, place }: Said<string>): Breach[] {
  if (readTemplate(value).whole || !value.includes('secrets.')) return [];
  const message = `The value has more than ${MAX_VARIABLES} variables, which is the most it may have.`;
  return [{ place, message, remedy: 'Say less in it, or make several variables of it.' }];
}

/** The most secrets that a deployment uses: each is looked up when it starts. */
const MAX_SECRETS = 50;

export const tooManySecrets: Rule = {
  code: 'too-many-secrets',
  reason: `A deployment uses at most ${MAX_SECRETS} secrets: each is looked up when it starts, and again whenever it is needed.`,
  wrong: webhook('{{secrets.a1}} {{secrets.a2}} … {{sluice.callbackUri}}'),
  right: webhook('{{secrets.a1}} {{sluice.callbackUri}}'),
  abridged: true,
  breaches(facts) {
    const names = new Set<string>();
    for (const text of [...templateTexts(facts), ...environmentValues(facts)]) {
      for (const variable of readTemplate(text.value).variables) {
        if (readName(variable.name)?.source === 'secrets') names.add(variable.name);
        if (names.size <= MAX_SECRETS) continue;
        const message = `The deployment uses more than ${MAX_SECRETS} secrets.`;
        const place = { ...text.place, token: variable };
        return [{ place, message, remedy: 'Split it into several deployments.' }];
      }
    }
    return [];
  },
};
