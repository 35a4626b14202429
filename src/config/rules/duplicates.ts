import type { Breach } from '../findings.js';
import { groupBy } from '../grouping.js';
import { quoted } from '../quoted.js';
import type { ArtifactFact, Said } from './facts.js';
import type { Rule } from './rule.js';

/** Of keys only those that differ in white space or in the form of their characters get here. */
export const duplicateTarget: Rule = {
  code: 'duplicate-target',
  reason:
    'White space around a name and the way its accents are encoded do not count, so the two are one name.',
  wrong: `targets:
  production: {region: us-east-1}
  "production ": {account: shop, deployAsIamRole: arn:aws:iam::111111111111:role/Deploy, region: us-east-1, strategy: gradual}`,
  right: `targets:
  production: {region: us-east-1}`,
  breaches: ({ targets = [] }) => repeated('targets', targets, ({ name }) => name),
};

export const duplicateStrategy: Rule = {
  code: 'duplicate-strategy',
  reason:
    'White space around a name and the way its accents are encoded do not count, so the two are one name.',
  wrong: `strategies:
  gradual: {canary: {steps: [{setWeight: 25}]}}
  " gradual": {canary: {steps: [{setWeight: 50}]}}`,
  right: `strategies:
  gradual: {canary: {steps: [{setWeight: 25}]}}`,
  breaches: ({ strategies = [] }) => repeated('strategies', strategies, ({ name }) => name),
};

export const duplicateArtifact: Rule = {
  code: 'duplicate-artifact',
  reason:
    'A function has one package at a target. Several artifacts of one function each name their targets.',
  wrong: `artifacts:
  - {functionName: orders, path: s3://packages/orders.zip, type: zipFile}
  - {functionName: orders, path: s3://packages/other.zip, type: zipFile}`,
  right: `artifacts:
  - {functionName: orders, path: s3://packages/orders.zip, type: zipFile}`,
  breaches({ artifacts = [] }) {
    const groups = groupBy(artifacts, ({ functionName }) => functionName?.value);
    return [...groups].flatMap(([name, group]) => {
      const everywhere = group.filter(({ target }) => target === undefined);
      const here = groupBy(group, ({ target }) => target?.value);
      return [
        ...secondArtifacts(everywhere, `Two artifacts are named ${quoted(name)}.`),
        ...[...here].flatMap(([target, own]) =>
          secondArtifacts(
            [...everywhere.slice(0, 1), ...own],
            `The function ${quoted(name)} has two artifacts at the target ${quoted(target)}.`,
          ),
        ),
      ];
    });
  },
};

export const duplicateFunction: Rule = {
  code: 'duplicate-function',
  reason:
    'A function has one set of settings at a target. Several entries may give it together, but two that name the target and are each whole are a slip.',
  wrong: `providerOptions:
  lambda:
    - {target: production, name: orders, runAsIamRole: arn:aws:iam::111111111111:role/Run, handler: a.b, runtime: nodejs24.x}
    - {target: production, name: orders, runAsIamRole: arn:aws:iam::111111111111:role/Run, handler: c.d, runtime: nodejs24.x}`,
  right: `providerOptions:
  lambda:
    - {target: production, name: orders, runAsIamRole: arn:aws:iam::111111111111:role/Run, handler: a.b, runtime: nodejs24.x}`,
  breaches({ functions = [] }) {
    const byTarget = groupBy(functions, ({ target }) => target?.value);
    return [...byTarget].flatMap(([target, group]) =>
      repeated(`functions of the target ${quoted(target)}`, group, ({ name }) => name),
    );
  },
};

export const duplicateWebhook: Rule = {
  code: 'duplicate-webhook',
  reason: 'Steps name a webhook, and it has to be clear which one they mean.',
  wrong: `webhooks:
  - {name: tests, method: POST, uriTemplate: "https://ci.example.com/a"}
  - {name: tests, method: POST, uriTemplate: "https://ci.example.com/b"}`,
  right: `webhooks:
  - {name: tests, method: POST, uriTemplate: "https://ci.example.com/a"}`,
  breaches: ({ webhooks = [] }) => repeated('webhooks', webhooks, ({ name }) => name),
};

export const duplicateQuery: Rule = {
  code: 'duplicate-query',
  reason: 'Analyses name a query, and it has to be clear which one they mean.',
  wrong: `analysis:
  defaultMetricProviderName: prometheus
  queries:
    - {name: errors, queryTemplate: sum(errors), upperLimit: 1}
    - {name: errors, queryTemplate: sum(faults), upperLimit: 1}`,
  right: `analysis:
  defaultMetricProviderName: prometheus
  queries:
    - {name: errors, queryTemplate: sum(errors), upperLimit: 1}`,
  breaches: ({ queries = [] }) => repeated('queries', queries, ({ name }) => name),
};

function secondArtifacts([, ...others]: readonly ArtifactFact[], message: string): Breach[] {
  return others.flatMap(({ functionName }) => {
    if (functionName === undefined) return [];
    const remedy = 'Keep one of the two, or give one another name, or other targets.';
    return [{ place: functionName.place, message, remedy }];
  });
}

/** @param noun - in the plural */
function repeated<Item>(
  noun: string,
  items: readonly Item[],
  nameOf: (item: Item) => Said<string> | undefined,
): Breach[] {
  const groups = groupBy(items, (item) => nameOf(item)?.value);
  return [...groups].flatMap(([name, [, ...others]]) =>
    others.flatMap((item) => {
      const place = nameOf(item)?.place;
      if (place === undefined) return [];
      const message = `Two ${noun} are named ${quoted(name)}.`;
      return [{ place, message, remedy: 'Keep one of the two, or give one another name.' }];
    }),
  );
}
