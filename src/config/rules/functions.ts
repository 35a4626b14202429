import { groupBy, pairKey } from '../grouping.js';
import { quoted } from '../quoted.js';
import { allOf } from '../shape/wording.js';
import type { Facts, FunctionFact, Said } from './facts.js';
import type { Rule } from './rule.js';

export const targetWithoutFunction: Rule = {
  code: 'target-without-function',
  reason:
    'A target without a function has nothing to deploy. Mostly an entry for it was forgotten.',
  wrong: `targets:
  staging: {account: shop, deployAsIamRole: arn:aws:iam::111111111111:role/Deploy, region: us-west-2, strategy: gradual}`,
  right: `targets:
  staging: {account: shop, deployAsIamRole: arn:aws:iam::111111111111:role/Deploy, region: us-west-2, strategy: gradual}
providerOptions:
  lambda:
    - {target: staging, name: orders, runAsIamRole: arn:aws:iam::111111111111:role/Run, handler: index.handler, runtime: nodejs24.x}
    - {target: production, name: orders, runAsIamRole: arn:aws:iam::111111111111:role/Run, handler: index.handler, runtime: nodejs24.x}`,
  breaches({ targets = [], functions }) {
    // A function whose target could not be read may be the one that is missed.
    if (functions === undefined || functions.some((each) => each.target === undefined)) return [];
    const deployed = new Set(functions.map((each) => each.target?.value));
    // Where the name of a target is misspelt, it is known already which one lacks a function.
    const names = new Set<string | undefined>(targets.map(({ name }) => name.value));
    if ([...deployed].some((name) => !names.has(name))) return [];
    const idle = targets.filter(({ name }) => !deployed.has(name.value));
    return idle.map(({ name }) => ({
      place: name.place,
      message: `Nothing is deployed to the target ${quoted(name.value)}.`,
      remedy: 'Give it a function, under providerOptions in a file, or remove it.',
    }));
  },
};

export const missingSetting: Rule = {
  code: 'missing-setting',
  reason:
    'Lambda needs a role for a function, and for one that is a zip file a handler and a runtime. Several entries of providerOptions may give them together, and here none does.',
  wrong: `providerOptions:
  lambda:
    - {target: production, name: orders, runAsIamRole: arn:aws:iam::111111111111:role/Run, handler: index.handler}`,
  right: `providerOptions:
  lambda:
    - {target: production, name: orders, runAsIamRole: arn:aws:iam::111111111111:role/Run, handler: index.handler}
    - {targets: ['*'], name: orders, runtime: nodejs24.x}`,
  breaches: ({ functions = [], ...facts }) => {
    const isKnown = knownTargets(facts);
    return functions.flatMap(({ target, name, missing }) => {
      if (target === undefined || name === undefined || !isKnown(target)) return [];
      if (missing.length === 0) return [];
      const keys = allOf(missing);
      return {
        place: { path: name.place.path.slice(0, -1), part: 'key' as const },
        message: `Nothing gives ${keys} to the function ${quoted(name.value)} at the target ${quoted(target.value)}.`,
        remedy: `Add ${keys} here, or to an entry for more targets.`,
      };
    });
  },
};

export const artifactWithoutTarget: Rule = {
  code: 'artifact-without-target',
  severity: 'warning',
  reason: 'The package is deployed nowhere. Mostly an entry under providerOptions was forgotten.',
  wrong: `artifacts:
  - {functionName: orders, path: s3://packages/orders.zip, type: zipFile}
  - {functionName: stock, path: s3://packages/stock.zip, type: zipFile}`,
  right: `artifacts:
  - {functionName: orders, path: s3://packages/orders.zip, type: zipFile}`,
  breaches(facts) {
    const { artifacts = [], functions, leftOut } = facts;
    if (
      functions === undefined ||
      leftOut !== undefined ||
      functions.some((each) => each.name === undefined)
    )
      return [];
    // The same for the name of a function.
    if (withoutArtifact(facts).length > 0) return [];
    const deployed = new Set(functions.map((each) => each.name?.value));
    return artifacts.flatMap(({ functionName }) => {
      if (functionName === undefined || deployed.has(functionName.value)) return [];
      const { value, place } = functionName;
      if (facts.isIncluded?.(place.path) === true) return [];
      const message = `No target deploys the artifact ${quoted(value)}.`;
      const remedy = 'Add an entry with its name under providerOptions, or remove it.';
      return [{ place, message, remedy }];
    });
  },
};

export const functionWithoutArtifact: Rule = {
  code: 'function-without-artifact',
  reason: 'There is no package for the function, so nothing can be deployed.',
  wrong: `providerOptions:
  lambda:
    - {target: production, name: order, runAsIamRole: arn:aws:iam::111111111111:role/Run, handler: index.handler, runtime: nodejs24.x}`,
  right: `providerOptions:
  lambda:
    - {target: production, name: orders, runAsIamRole: arn:aws:iam::111111111111:role/Run, handler: index.handler, runtime: nodejs24.x}`,
  breaches: (facts) => {
    const elsewhere = new Set((facts.artifacts ?? []).map((each) => each.functionName?.value));
    return [...groupBy(withoutArtifact(facts), ({ name }) => name?.value).values()].flatMap(
      ([first]) => {
        const { name, target } = first ?? {};
        if (name === undefined) return [];
        const where = elsewhere.has(name.value)
          ? ` at the target ${quoted(target?.value ?? '')}`
          : '';
        const message = `There is no artifact for the function ${quoted(name.value)}${where}.`;
        const remedy = elsewhere.has(name.value)
          ? 'Add the target to one of its artifacts, or add an artifact for it.'
          : 'Add an artifact with this functionName, or correct the name.';
        return [{ place: name.place, message, remedy }];
      },
    );
  },
};

/** The functions for which there is no package: mostly their names are misspelt. */
export function withoutArtifact({ artifacts, functions = [], ...facts }: Facts): FunctionFact[] {
  if (artifacts === undefined || artifacts.some((each) => each.functionName === undefined))
    return [];
  const isKnown = knownTargets(facts);
  const named = new Set(artifacts.map(({ functionName }) => functionName?.value));
  // One for a target that there is not, which is told, may be meant for any.
  const forAny = artifacts.filter(({ target }) => target === undefined || !isKnown(target));
  const anywhere = new Set(forAny.map(({ functionName }) => functionName?.value));
  const somewhere = new Set(
    artifacts.map(({ target, functionName }) => pairKey(target?.value, functionName?.value)),
  );
  return functions.filter(({ target, name }) => {
    if (name === undefined || anywhere.has(name.value)) return false;
    if (!named.has(name.value)) return true;
    if (target === undefined || !isKnown(target)) return false;
    return !somewhere.has(pairKey(target.value, name.value));
  });
}

/** Whether there is a target of a name, as far as that is known: another is told where it is named. */
function knownTargets({
  targets,
  leftOut = new Set(),
}: Pick<Facts, 'targets' | 'leftOut'>): (target: Said<string>) => boolean {
  const names = targets && new Set(targets.map(({ name }) => name.value));
  return ({ value }) => names === undefined || names.has(value) || leftOut.has(value);
}
