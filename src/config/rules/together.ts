import { accountOf } from '../../domain/arns.js';
import { startOrder } from '../../domain/order.js';
import { MAX_TARGETS } from '../../domain/plan.js';
import { quoted } from '../quoted.js';
import type { Breach } from '../findings.js';
import { groupBy } from '../grouping.js';
import type { FunctionFact, Said, TargetFact } from './facts.js';
import { certainRegion } from './knownRegions.js';
import type { Rule } from './rule.js';
import { waitsFor } from './waitsFor.js';

/** Lambda would refuse the second change while the first is under way. */
export const releasedTogether: Rule = {
  code: 'released-together',
  severity: 'warning',
  reason:
    'Two targets release one function of an account and region. AWS takes one change at a time, so they run one after the other, in the order of the file; dependsOn says it in words.',
  wrong: `targets:
  production: {region: us-east-1}
  canary: {account: shop, deployAsIamRole: arn:aws:iam::111111111111:role/Deploy, region: us-east-1, strategy: gradual}
providerOptions:
  lambda:
    - {target: production, name: orders, runAsIamRole: arn:aws:iam::111111111111:role/Run, handler: index.handler, runtime: nodejs24.x}
    - {target: canary, name: orders, runAsIamRole: arn:aws:iam::111111111111:role/Run, handler: index.handler, runtime: nodejs24.x}`,
  right: `targets:
  production: {region: us-east-1, constraints: {dependsOn: [canary]}}
  canary: {account: shop, deployAsIamRole: arn:aws:iam::111111111111:role/Deploy, region: us-east-1, strategy: gradual}
providerOptions:
  lambda:
    - {target: production, name: orders, runAsIamRole: arn:aws:iam::111111111111:role/Run, handler: index.handler, runtime: nodejs24.x}
    - {target: canary, name: orders, runAsIamRole: arn:aws:iam::111111111111:role/Run, handler: index.handler, runtime: nodejs24.x}`,
  breaches({ targets = [], functions = [] }) {
    // More are refused anyway, and who waits for whom grows with the square of their number.
    if (targets.length > MAX_TARGETS) return [];
    const order = startOrder(targets.map(orderOf));
    const rank = new Map(order.map(({ name }, index) => [name, index]));
    const byName = new Map(targets.map((target) => [target.name.value, target]));
    const waits = waitsFor(order);
    const groups = groupBy(functions, (each) => {
      const target = byName.get(each.target?.value ?? '');
      return target && placeOf(target, each);
    });
    return [...groups.values()].flatMap((group) => {
      const inTurn = group
        .map(({ target, name }) => ({ target: target?.value ?? '', name }))
        .sort((a, b) => (rank.get(a.target) ?? 0) - (rank.get(b.target) ?? 0));
      // Where each waits for the one before it, all of them wait for each other.
      return inTurn.flatMap(({ target, name }, index): Breach[] => {
        const before = inTurn[index - 1]?.target;
        if (before === undefined || name === undefined || before === target) return [];
        return waits(target, before) ? [] : [together(name, before, target)];
      });
    });
  },
};

function orderOf({ name, dependsOn }: TargetFact) {
  return { name: name.value, dependsOn: dependsOn.map(({ value }) => value) };
}

/** The account, region and name that make a function one function. */
function placeOf(target: TargetFact, { name }: FunctionFact): string | undefined {
  const account = accountOf(target.deployRole?.value ?? '');
  const region = certainRegion(target.region);
  if (account === '' || region === undefined || name === undefined) return undefined;
  return JSON.stringify([account, region, name.value]);
}

function together({ value, place }: Said<string>, one: string, other: string): Breach {
  return {
    place,
    message: `The targets ${quoted(one)} and ${quoted(other)} release the same function ${value}, so they run one after the other.`,
    remedy: `Add dependsOn to one of them, or leave one out.`,
  };
}
