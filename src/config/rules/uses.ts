import { keyIn, variablesOfAll } from '../../domain/templates.js';
import { BUILT_IN_VARIABLES } from '../../domain/variables.js';
import type { Breach } from '../findings.js';
import { quoted } from '../quoted.js';
import type { Facts, Said } from './facts.js';
import type { Rule } from './rule.js';
import { stepLists } from './stepLists.js';
import { textsOf } from './templates.js';

/** A step's use of a webhook or a query, and the variables of its templates. */
interface Use {
  name: Said<string>;
  noun: 'webhook' | 'query';
  /** Their names, and how each is written. */
  variables: ReadonlyMap<string, string>;
  /** What `{{context.…}}` names in it. */
  keys: readonly string[];
  context: ReadonlySet<string> | undefined;
  beforeDeployment: boolean;
}

const ONCE_RELEASED = BUILT_IN_VARIABLES.filter((variable) => !variable.beforeDeployment).map(
  ({ name }) => name,
);

/** The most missing keys that one message names. */
const MAX_KEYS = 3;

const example = (context: string) => `strategies:
  gradual: {canary: {steps: [{runWebhook: {name: notify${context}}}]}}
webhooks:
  - {name: notify, method: POST, uriTemplate: "https://chat.example.com/{{context.room}}", disableCallback: true}`;

/** A call whose variable has no value fails before anything is sent. */
export const missingContext: Rule = {
  code: 'missing-context',
  reason:
    'A {{context.…}} variable gets its value from the context of the step, of the file, of contextOverrides, or from --add-context. Without one, the step fails.',
  wrong: example(''),
  right: example(', context: {room: releases}'),
  breaches(facts) {
    const given = facts.context;
    if (given === undefined) return [];
    return usesOf(facts).flatMap(({ name, noun, context, keys }): Breach[] => {
      const missing = context && keys.filter((key) => !context.has(key) && !given.has(key));
      if (missing?.[0] === undefined) return [];
      const shown = missing.slice(0, MAX_KEYS).map((key) => `{{context.${key}}}`);
      const more = missing.length > MAX_KEYS ? ` and ${missing.length - MAX_KEYS} more` : '';
      return [
        {
          place: name.place,
          message: `The ${noun} ${quoted(name.value)} needs ${shown.join(', ')}${more}, and nothing gives it a value.`,
          remedy: `Add ${quoted(missing[0])} to the context of the step or of the file, or give it with --add-context ${missing[0]}=….`,
        },
      ];
    });
  },
};

/** Before the first write there is no version yet. */
export const variableTooEarly: Rule = {
  code: 'variable-too-early',
  reason:
    'Before the deployment of a target nothing is known yet of its functions: they have neither a new version nor a share of the traffic.',
  wrong: `targets: {production: {constraints: {beforeDeployment: [{runWebhook: {name: notify}}]}}}
webhooks:
  - {name: notify, method: POST, uriTemplate: "https://chat.example.com/{{sluice.version}}", disableCallback: true}`,
  right: `targets: {production: {constraints: {afterDeployment: [{runWebhook: {name: notify}}]}}}
webhooks:
  - {name: notify, method: POST, uriTemplate: "https://chat.example.com/{{sluice.version}}", disableCallback: true}`,
  breaches: (facts) =>
    usesOf(facts)
      .filter((use) => use.beforeDeployment)
      .flatMap(({ name, variables }) =>
        ONCE_RELEASED.flatMap((variable) => variables.get(variable) ?? []).map(
          (written): Breach => ({
            place: name.place,
            message: `The webhook ${quoted(name.value)} needs {{${written}}}, which has no value before the deployment.`,
            remedy: 'Run it in the strategy or in afterDeployment, or remove the variable.',
          }),
        ),
      ),
};

function usesOf(facts: Facts): Use[] {
  const webhooks = variablesByName(facts.webhooks, textsOf);
  const queries = variablesByName(facts.queries, ({ template }) => template ?? []);
  return stepLists(facts).flatMap(({ steps, beforeDeployment = false }) =>
    steps.flatMap(({ webhook, analysis }): Use[] => [
      ...use('webhook', webhook?.name, webhooks, webhook?.context, beforeDeployment),
      ...(analysis?.queries ?? []).flatMap((name) =>
        use('query', name, queries, analysis?.context, beforeDeployment),
      ),
    ]),
  );
}

/** A webhook's or a query's variables; they are read once, however many steps use it. */
type Variables = Pick<Use, 'variables' | 'keys'>;

function use(
  noun: Use['noun'],
  name: Said<string> | undefined,
  byName: ReadonlyMap<string, Variables>,
  context: ReadonlySet<string> | undefined,
  beforeDeployment: boolean,
): Use[] {
  const found = byName.get(name?.value ?? '');
  if (name === undefined || found === undefined) return [];
  return [{ name, noun, ...found, context, beforeDeployment }];
}

function variablesByName<Item extends { name: Said<string> | undefined }>(
  items: readonly Item[] = [],
  textsOf: (item: Item) => Said<string> | Said<string>[],
): Map<string, Variables> {
  const named = items.map((item) => {
    const texts = [textsOf(item)].flat().map(({ value }) => value);
    const variables = new Map(
      variablesOfAll(texts).variables.map(({ name, written }) => [name, written]),
    );
    const keys = [...variables.keys()].flatMap((name) => keyIn('context', name) ?? []);
    return [item.name?.value ?? '', { variables, keys }] as const;
  });
  return new Map(named);
}
