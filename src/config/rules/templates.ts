import {
  readName,
  readTemplate,
  spellingsOf,
  type TemplateFault,
  type TemplateVariable,
} from '../../domain/templates.js';
import {
  BUILT_IN_VARIABLES,
  CALLBACK_URI,
  type BuiltInVariable,
  type TemplateOwner,
} from '../../domain/variables.js';
import type { Breach } from '../findings.js';
import { quoted } from '../quoted.js';
import { MAX_SUGGESTIONS, nearest } from '../shape/nearest.js';
import type { Facts, Said, WebhookFact } from './facts.js';
import type { Rule } from './rule.js';

/** A template of a deployment, read. */
interface ReadTemplate {
  text: Said<string>;
  owner: TemplateOwner;
  /** Whether it belongs to a webhook that waits for a callback. */
  waits: boolean;
  variables: TemplateVariable[];
  faults: TemplateFault[];
}

const NO_SUGGESTION =
  'Begin it with context. for a value of the file, with secrets. for a secret of the worker, or with sluice.';

const BY_NAME = new Map(BUILT_IN_VARIABLES.map((variable) => [variable.name, variable]));

/** The nearest of these begins as the author wrote it. */
const SPELLINGS = BUILT_IN_VARIABLES.flatMap(({ name }) => spellingsOf(name));

const webhook = (
  body: string,
  more = '',
) => `strategies: {gradual: {canary: {steps: [{runWebhook: {name: tests}}]}}}
webhooks:
  - {name: tests, method: POST, uriTemplate: "https://ci.example.com"${more}, bodyTemplate: {inline: '${body}'}}`;

export const templateSyntax: Rule = {
  code: 'template-syntax',
  reason:
    'Templates have variables in double braces, and nothing else of mustache: no sections, partials or comments.',
  wrong: webhook('{{#context.team}}ops{{/context.team}} {{sluice.callbackUri}}'),
  right: webhook('ops {{sluice.callbackUri}}'),
  breaches: (facts) =>
    templatesOf(facts).flatMap(({ text, faults }) =>
      faults.map((fault) => ({ place: { ...text.place, token: fault }, ...syntaxWords(fault) })),
    ),
};

/** What is said of braces that are no variable. */
export function syntaxWords({ token, reason }: TemplateFault): Omit<Breach, 'place'> {
  return {
    message:
      reason === 'unclosed'
        ? `The braces ${quoted(token)} are not closed.`
        : `${quoted(token)} is not a variable.`,
    remedy: 'Write a variable, such as {{context.team}}; single braces are text.',
  };
}

export const unknownVariable: Rule = {
  code: 'unknown-variable',
  reason:
    'A variable is one that Sluice gives (sluice.…, or armory.… in files that come from Armory), a value of the context or a secret. Without a value it would make the call fail.',
  wrong: webhook('{{sluice.target}} {{sluice.callbackUri}}'),
  right: webhook('{{sluice.environmentName}} {{sluice.callbackUri}}'),
  breaches: (facts) =>
    templatesOf(facts)
      .flatMap(({ text, variables }) =>
        variables.filter(isUnknown).map((variable) => ({ variable, place: text.place })),
      )
      .map(({ variable, place }, index) => ({
        place: { ...place, token: variable },
        message: `There is no variable ${quoted(variable.written)}.`,
        remedy: index < MAX_SUGGESTIONS ? remedyFor(variable.written) : NO_SUGGESTION,
      })),
};

function isUnknown({ name }: TemplateVariable): boolean {
  const source = readName(name)?.source;
  return !BY_NAME.has(name) && source !== 'context' && source !== 'secrets';
}

export const unavailableVariable: Rule = {
  code: 'unavailable-variable',
  reason:
    'Times and intervals belong to the runs of an analysis, so they have a value in queries only. A callback is waited for in webhooks only, unless disableCallback says otherwise.',
  wrong: webhook('{{sluice.startTimeIso8601}} {{sluice.callbackUri}}'),
  right: webhook('{{sluice.deploymentId}} {{sluice.callbackUri}}'),
  breaches: (facts) =>
    templatesOf(facts).flatMap((template) =>
      template.variables.flatMap((variable): Breach[] => {
        const { name, written } = variable;
        const why = unavailability(BY_NAME.get(name), template);
        if (why === undefined) return [];
        const place = { ...template.text.place, token: variable };
        const message = `${written} has no value ${why}.`;
        return [{ place, message, remedy: 'Remove the variable.' }];
      }),
    ),
};

/** All templates; the rules go over them one variable at a time. */
function templatesOf({ webhooks = [], queries = [] }: Facts): ReadTemplate[] {
  return [
    ...webhooks.flatMap((webhook) =>
      textsOf(webhook).map((text) => read(text, 'webhook', webhook.waits)),
    ),
    ...queries.flatMap(({ template }) =>
      template === undefined ? [] : read(template, 'query', false),
    ),
  ];
}

/** The texts of all templates. */
export function templateTexts({ webhooks = [], queries = [] }: Facts): Said<string>[] {
  return [...webhooks.flatMap(textsOf), ...queries.flatMap(({ template }) => template ?? [])];
}

export function textsOf({ uri, headers, body }: WebhookFact): Said<string>[] {
  return [uri, ...headers.map(({ value }) => value), body].filter((text) => text !== undefined);
}

function read(text: Said<string>, owner: TemplateOwner, waits: boolean): ReadTemplate {
  return { text, owner, waits, ...readTemplate(text.value) };
}

function unavailability(
  variable: BuiltInVariable | undefined,
  { owner, waits }: ReadTemplate,
): string | undefined {
  if (variable === undefined) return undefined;
  if (!variable.in.includes(owner)) return owner === 'webhook' ? 'in a webhook' : 'in a query';
  const needsCallback = variable.name === CALLBACK_URI && !waits;
  return needsCallback ? 'where disableCallback is true' : undefined;
}

function remedyFor(written: string): string {
  const near = nearest(written, SPELLINGS) ?? nearest(`sluice.${written}`, SPELLINGS);
  return near === undefined ? NO_SUGGESTION : `Did you mean {{${near}}}?`;
}
