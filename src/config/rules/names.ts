import { MAX_APPLICATION_LENGTH, MAX_TARGET_LENGTH, nameProblem } from '../../domain/names.js';
import type { Breach } from '../findings.js';
import { quoted } from '../printable.js';
import type { Said } from './facts.js';
import type { Rule } from './rule.js';

export const applicationName: Rule = {
  code: 'application-name',
  inEditor: true,
  reason:
    "The application's name is part of the id of its workflow in Temporal, and of commands that people paste into a shell.",
  wrong: 'application: "shop:eu"',
  right: 'application: shop-eu',
  breaches: ({ application }) => badName('application', application, MAX_APPLICATION_LENGTH),
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
  breaches: ({ targets = [] }) =>
    targets.flatMap(({ name }) => badName('target', name, MAX_TARGET_LENGTH)),
};

function badName(noun: string, name: Said<string> | undefined, maxLength: number): Breach[] {
  const problem = name && nameProblem(name.value, maxLength);
  if (name === undefined || problem === undefined) return [];
  return [
    {
      place: name.place,
      message: `The name of the ${noun}, ${quoted(name.value)}, ${problem}.`,
      remedy: `Use 1 to ${maxLength} characters, without colons, quotes and control characters.`,
    },
  ];
}
