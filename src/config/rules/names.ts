import { MAX_APPLICATION_LENGTH, MAX_TARGET_LENGTH, nameProblem } from '../../domain/names.js';
import type { Breach } from '../findings.js';
import { quoted } from '../printable.js';
import type { Said } from './facts.js';
import type { Rule } from './rule.js';

export const applicationName: Rule = {
  code: 'application-name',
  breaches: ({ application }) => badName('application', application, MAX_APPLICATION_LENGTH),
};

export const targetName: Rule = {
  code: 'target-name',
  breaches: ({ targets = [] }) =>
    targets.flatMap(({ name }) => badName('target', name, MAX_TARGET_LENGTH)),
};

/** AWS is told it when the deploy role is assumed, and takes little else there. */
export const deploymentId: Rule = {
  code: 'deployment-id',
  breaches({ deploymentId }) {
    if (deploymentId === undefined || /^[A-Za-z0-9-]{1,64}$/.test(deploymentId.value)) return [];
    const message = `The deployment id ${quoted(deploymentId.value)} is not 1 to 64 letters, digits and hyphens.`;
    return [{ place: deploymentId.place, message, remedy: 'Make a new UUID for each deployment.' }];
  },
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
