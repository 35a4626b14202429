import type { Breach } from '../findings.js';
import { quoted } from '../quoted.js';
import { MAX_SUGGESTIONS, nearest } from '../shape/nearest.js';
import { LONGEST_LIST, oneOf } from '../shape/wording.js';
import type { Facts, Said } from './facts.js';
import type { Rule } from './rule.js';
import { stepsOf } from './stepLists.js';

const OTHERWISE = 'Add it, or correct the name.';

export const unknownTarget: Rule = {
  code: 'unknown-target',
  reason:
    'What dependsOn, targetFilters, artifacts, providerOptions and trafficManagement name is a target of the file; a pattern such as prod-* stands for at least one.',
  wrong: 'targets: {production: {constraints: {dependsOn: [stagin]}}}',
  right: `targets:
  production: {constraints: {dependsOn: [staging]}}
  staging: {account: shop, deployAsIamRole: arn:aws:iam::111111111111:role/Deploy, region: us-west-2, strategy: gradual}`,
  breaches: ({ leftOut = [], ...facts }) => {
    const names = namesOf(facts.targets);
    // That there is no target at all is said already.
    if (names?.size === 0 && facts.filters === undefined) return [];
    return dangling('target', targetReferences(facts), names && new Set([...names, ...leftOut]));
  },
};

export const unknownStrategy: Rule = {
  code: 'unknown-strategy',
  reason: 'A target names a strategy of the file.',
  wrong: `targets: {production: {strategy: canary}}
strategies: {gradual: {canary: {steps: [{setWeight: 25}]}}}`,
  right: `targets: {production: {strategy: gradual}}
strategies: {gradual: {canary: {steps: [{setWeight: 25}]}}}`,
  breaches: ({ targets = [], strategies }) =>
    dangling(
      'strategy',
      targets.map((target) => target.strategy),
      namesOf(strategies),
    ),
};

export const unknownWebhook: Rule = {
  code: 'unknown-webhook',
  reason: 'A runWebhook step names a webhook of the file.',
  wrong: `strategies: {gradual: {canary: {steps: [{runWebhook: {name: test}}]}}}
webhooks: [{name: tests, method: POST, uriTemplate: "https://ci.example.com", disableCallback: true}]`,
  right: `strategies: {gradual: {canary: {steps: [{runWebhook: {name: tests}}]}}}
webhooks: [{name: tests, method: POST, uriTemplate: "https://ci.example.com", disableCallback: true}]`,
  breaches: (facts) =>
    dangling(
      'webhook',
      stepsOf(facts).map(({ webhook }) => webhook?.name),
      namesOf(facts.webhooks),
    ),
};

export const unknownQuery: Rule = {
  code: 'unknown-query',
  reason: 'An analysis step names queries of the file.',
  wrong: `strategies:
  gradual:
    canary: {steps: [{analysis: {interval: 1, units: minutes, numberOfJudgmentRuns: 3, queries: [error]}}]}
analysis:
  defaultMetricProviderName: prometheus
  queries: [{name: errors, queryTemplate: sum(errors), upperLimit: 1}]`,
  right: `strategies:
  gradual:
    canary: {steps: [{analysis: {interval: 1, units: minutes, numberOfJudgmentRuns: 3, queries: [errors]}}]}
analysis:
  defaultMetricProviderName: prometheus
  queries: [{name: errors, queryTemplate: sum(errors), upperLimit: 1}]`,
  breaches: (facts) =>
    dangling(
      'query',
      stepsOf(facts).flatMap(({ analysis }) => analysis?.queries ?? []),
      namesOf(facts.queries),
    ),
};

function targetReferences({
  targets = [],
  filters = [],
  artifacts = [],
  functions = [],
  aliases,
}: Facts): (Said<string> | undefined)[] {
  return [
    ...targets.flatMap((target) => target.dependsOn),
    ...filters,
    ...artifacts.map((each) => each.target),
    ...functions.map((each) => each.target),
    ...aliases.map((alias) => alias.target),
  ];
}

/** @returns undefined when a name could not be read, which may be the one that is looked for */
function namesOf(named: { name: Said<string> | undefined }[] | undefined): Set<string> | undefined {
  const names = named?.flatMap(({ name }) => name?.value ?? []);
  return names === undefined || names.length < (named?.length ?? 0) ? undefined : new Set(names);
}

/** @param names - undefined when it is not known which there are */
function dangling(
  noun: string,
  references: (Said<string> | undefined)[],
  names: ReadonlySet<string> | undefined,
): Breach[] {
  if (names === undefined) return [];
  const lost = references.filter((reference) => reference !== undefined);
  return lost
    .filter(({ value }) => !names.has(value))
    .map(({ value, place }, index) => ({
      place,
      message: `There is no ${noun} ${quoted(value)}.`,
      remedy: index < MAX_SUGGESTIONS ? suggestion(value, names) : OTHERWISE,
    }));
}

function suggestion(word: string, names: ReadonlySet<string>): string {
  const near = nearest(word, names);
  if (near !== undefined) return `Did you mean ${quoted(near)}?`;
  return names.size <= LONGEST_LIST && names.size > 0
    ? `Add it, or name ${oneOf([...names].map(quoted))}.`
    : OTHERWISE;
}
