import { nameProblem, nameRemedy, NAMES, type NameKind } from '../../domain/naming.js';
import type { Breach } from '../findings.js';
import { quoted } from '../quoted.js';
import { exampleSteps } from './exampleParts.js';
import type { Facts, Said } from './facts.js';
import type { Rule } from './rule.js';
import { stepsOf } from './stepLists.js';

export const applicationName: Rule = {
  code: 'application-name',
  inEditor: true,
  reason:
    "The application's name is part of the id of its workflow in Temporal, and of commands that people paste into a shell.",
  wrong: 'application: "shop:eu"',
  right: 'application: shop-eu',
  breaches: ({ application }) => badName('application', application),
};

export const targetName: Rule = {
  code: 'target-name',
  inEditor: true,
  reason:
    "A target's name is part of the id of its workflow in Temporal, and of commands that people paste into a shell.",
  wrong: `targets:
  "it's live": {account: shop, deployAsIamRole: arn:aws:iam::111111111111:role/Deploy, region: us-east-1, strategy: gradual}`,
  right: `targets:
  live: {account: shop, deployAsIamRole: arn:aws:iam::111111111111:role/Deploy, region: us-east-1, strategy: gradual}`,
  breaches: ({ targets = [] }) => targets.flatMap(({ name }) => badName('target', name)),
};

/** Names that are compared and shown, and are part of no id. */
export const nameForm: Rule = {
  code: 'name-form',
  inEditor: true,
  reason:
    'A name is compared with others, and is shown in terminals and in pages. With a line break, or with a character that nobody sees, it could be taken for another.',
  wrong: exampleSteps('[{pause: {untilApproved: true, requiresRoles: ["release\\nmanagers"]}}]'),
  right: exampleSteps('[{pause: {untilApproved: true, requiresRoles: [release-managers]}}]'),
  breaches: (facts) => namesIn(facts).flatMap(([kind, name]) => badName(kind, name)),
};

/** The names that people give, but those of the application and of targets. */
export function namesIn(
  facts: Facts,
): (readonly [kind: NameKind, name: Said<string> | undefined])[] {
  const { strategies = [], webhooks = [], queries = [], defaultProvider } = facts;
  const steps = stepsOf(facts);
  const providers = [
    defaultProvider,
    ...queries.map(({ provider }) => provider),
    ...steps.flatMap(({ analysis }) => analysis?.providers ?? []),
  ];
  const roles = steps.flatMap(({ pause }) => pause?.roles ?? []);
  const all: Partial<Record<NameKind, (Said<string> | undefined)[]>> = {
    strategy: strategies.map(({ name }) => name),
    webhook: webhooks.map(({ name }) => name),
    query: queries.map(({ name }) => name),
    provider: providers,
    role: roles,
    agent: webhooks.map(({ agent }) => agent),
  };
  return (Object.entries(all) as [NameKind, (Said<string> | undefined)[]][]).flatMap(
    ([kind, names]) => names.map((name) => [kind, name] as const),
  );
}

function badName(kind: NameKind, name: Said<string> | undefined): Breach[] {
  const problem = name && nameProblem(name.value, kind);
  if (name === undefined || problem === undefined) return [];
  const message = `The name of ${NAMES[kind].noun}, ${quoted(name.value)}, ${problem}.`;
  return [{ place: name.place, message, remedy: nameRemedy(kind) }];
}
