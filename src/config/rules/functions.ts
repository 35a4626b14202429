import { quoted } from '../printable.js';
import type { Rule } from './rule.js';

export const targetWithoutFunction: Rule = {
  code: 'target-without-function',
  breaches({ targets = [], functions }) {
    // A function whose target could not be read may be the one that is missed.
    if (functions === undefined || functions.some((each) => each.target === undefined)) return [];
    const deployed = new Set(functions.map((each) => each.target?.value));
    const idle = targets.filter(({ name }) => !deployed.has(name.value));
    return idle.map(({ name }) => ({
      place: name.place,
      message: `Nothing is deployed to the target ${quoted(name.value)}.`,
      remedy: 'Give it a function, under providerOptions in a file, or remove it.',
    }));
  },
};

export const artifactWithoutTarget: Rule = {
  code: 'artifact-without-target',
  breaches({ artifacts = [], functions }) {
    if (functions === undefined || functions.some((each) => each.name === undefined)) return [];
    const deployed = new Set(functions.map((each) => each.name?.value));
    return artifacts.flatMap(({ functionName }) => {
      if (functionName === undefined || deployed.has(functionName.value)) return [];
      const { value, place } = functionName;
      const message = `No target deploys the artifact ${quoted(value)}.`;
      const remedy = 'Add an entry with its name under providerOptions, or remove it.';
      return [{ place, message, remedy }];
    });
  },
};

export const functionWithoutArtifact: Rule = {
  code: 'function-without-artifact',
  breaches({ artifacts, functions = [] }) {
    if (artifacts === undefined || artifacts.some((each) => each.functionName === undefined))
      return [];
    const known = new Set(artifacts.map((each) => each.functionName?.value));
    return functions.flatMap(({ name }) => {
      if (name === undefined || known.has(name.value)) return [];
      const message = `There is no artifact for the function ${quoted(name.value)}.`;
      const remedy = 'Add an artifact with this functionName, or correct the name.';
      return [{ place: name.place, message, remedy }];
    });
  },
};
