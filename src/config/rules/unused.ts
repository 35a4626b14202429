import type { Breach } from '../findings.js';
import { quoted } from '../quoted.js';
import type { Facts, Said } from './facts.js';
import type { Rule } from './rule.js';
import { stepsOf } from './stepLists.js';

/** Most likely the strategy of some target is another one than its author thinks. */
export const unusedStrategy: Rule = {
  code: 'unused-strategy',
  severity: 'warning',
  reason: 'It has no effect. Mostly some target has another strategy than its author thinks.',
  wrong: `strategies:
  gradual: {canary: {steps: [{setWeight: 25}]}}
  careful: {canary: {steps: [{setWeight: 1}]}}`,
  right: 'strategies:\n  gradual: {canary: {steps: [{setWeight: 25}]}}',
  breaches(facts) {
    const { targets, strategies = [] } = facts;
    if (targets?.length === 0 || facts.leftOut !== undefined) return [];
    const uses = targets?.map(({ strategy }) => strategy);
    return unused(facts, strategies, uses, (name) => ({
      message: `No target uses the strategy ${name}.`,
      remedy: 'Name it at a target, or remove it.',
    }));
  },
};

export const unusedWebhook: Rule = {
  code: 'unused-webhook',
  severity: 'warning',
  reason: 'It is never called. Mostly the step that should run it was forgotten.',
  wrong:
    'webhooks: [{name: tests, method: POST, uriTemplate: "https://ci.example.com", disableCallback: true}]',
  right: `strategies: {gradual: {canary: {steps: [{runWebhook: {name: tests}}]}}}
webhooks: [{name: tests, method: POST, uriTemplate: "https://ci.example.com", disableCallback: true}]`,
  breaches(facts) {
    const { complete, leftOut, webhooks = [] } = facts;
    if (!complete || leftOut !== undefined) return [];
    const uses = stepsOf(facts).flatMap(({ webhook }) => webhook ?? []);
    return unused(
      facts,
      webhooks,
      uses.map(({ name }) => name),
      (name) => ({
        message: `No step runs the webhook ${name}.`,
        remedy: 'Add a runWebhook step, or remove it.',
      }),
    );
  },
};

export const unusedQuery: Rule = {
  code: 'unused-query',
  severity: 'warning',
  reason: 'It decides nothing. Mostly it was forgotten in the list of an analysis step.',
  wrong: `analysis:
  defaultMetricProviderName: prometheus
  queries: [{name: errors, queryTemplate: sum(errors), upperLimit: 1}]`,
  right: `strategies:
  gradual:
    canary: {steps: [{analysis: {interval: 1, units: minutes, numberOfJudgmentRuns: 3, queries: [errors]}}]}
analysis:
  defaultMetricProviderName: prometheus
  queries: [{name: errors, queryTemplate: sum(errors), upperLimit: 1}]`,
  breaches(facts) {
    const { complete, leftOut, queries = [] } = facts;
    if (!complete || leftOut !== undefined) return [];
    const uses = stepsOf(facts).flatMap(({ analysis }) => analysis?.queries ?? []);
    return unused(facts, queries, uses, (name) => ({
      message: `No analysis runs the query ${name}.`,
      remedy: 'Add it to the queries of an analysis step, or remove it.',
    }));
  },
};

/** @param uses - undefined, or one of them is, when not all of them are known */
function unused(
  { isIncluded }: Facts,
  items: readonly { name: Said<string> | undefined }[],
  uses: readonly (Said<string> | undefined)[] | undefined,
  words: (name: string) => Omit<Breach, 'place'>,
): Breach[] {
  if (uses === undefined || uses.includes(undefined)) return [];
  const names = new Set(items.map(({ name }) => name?.value));
  const used = new Set(uses.map((use) => use?.value));
  // Where a name is misspelt, it is known already which item lacks a use.
  if ([...used].some((name) => !names.has(name))) return [];
  return items.flatMap(({ name }) =>
    name === undefined || used.has(name.value) || isIncluded?.(name.place.path) === true
      ? []
      : { place: name.place, ...words(quoted(name.value)) },
  );
}
