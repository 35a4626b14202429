import { accountOf } from '../../domain/arns.js';
import { quoted } from '../printable.js';
import type { Breach } from '../findings.js';
import type { FunctionFact, Said, TargetFact } from './facts.js';
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
    const byName = new Map(targets.map((target) => [target.name.value, target]));
    const last = new Map<string, string>();
    const waits = waitsFor(targets);
    return functions.flatMap((each): Breach[] => {
      const target = byName.get(each.target?.value ?? '');
      const place = target && placeOf(target, each);
      if (target === undefined || each.name === undefined || place === undefined) return [];
      const other = last.get(place);
      last.set(place, target.name.value);
      if (other === undefined || other === target.name.value) return [];
      if (waits(other, target.name.value) || waits(target.name.value, other)) return [];
      return [together(each.name, other, target.name.value)];
    });
  },
};

/** The account, region and name that make a function one function. */
function placeOf({ deployRole, region }: TargetFact, { name }: FunctionFact): string | undefined {
  const account = accountOf(deployRole?.value ?? '');
  if (account === '' || region === undefined || name === undefined) return undefined;
  return JSON.stringify([account, region.value, name.value]);
}

function together({ value, place }: Said<string>, one: string, other: string): Breach {
  return {
    place,
    message: `The targets ${quoted(one)} and ${quoted(other)} release the same function ${value}, so they run one after the other.`,
    remedy: `Add dependsOn to one of them, or leave one out.`,
  };
}
