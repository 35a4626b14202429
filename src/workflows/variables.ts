import { accountOf } from '../domain/arns.js';
import { BUILT_IN_VARIABLES, readTemplate } from '../domain/templates.js';
import type { FunctionRun } from './functionRun.js';
import type { TargetRun } from './targetRun.js';

/** Values of `{{armory.…}}`, without the prefix. What has no value is not there. */
export type Variables = Record<string, string>;

/** What is the same for all functions of a target. */
export function targetVariables({ input }: TargetRun): Variables {
  return {
    applicationName: input.application,
    deploymentId: input.deploymentId,
    environmentName: input.target,
    accountName: input.account,
    accountId: accountOf(input.deployRoleArn),
    region: input.region,
  };
}

/** What a function adds. */
export function functionVariables(one: FunctionRun): Variables {
  const names = { functionName: one.name, aliasName: one.given.plan.alias };
  if (one.unchanged) return withValues({ ...names, ...asBefore(one) });
  const { version, servedVersion: previousVersion, weight } = one;
  const released = version === undefined ? {} : { version, weight: String(weight) };
  return withValues({ ...names, ...released, previousVersion });
}

/** What was as the plan says already has replaced nothing, and has all traffic. */
function asBefore({ servedVersion }: FunctionRun): Variables {
  const version = servedVersion ?? '$LATEST';
  return { version, previousVersion: version, weight: '100' };
}

/** Of several functions: the values that all of them have, one after the other with commas. */
export function joinedVariables(functions: readonly FunctionRun[]): Variables {
  const all = functions.map(functionVariables);
  const names = Object.keys(all[0] ?? {}).filter((name) => all.every((one) => name in one));
  return Object.fromEntries(names.map((name) => [name, all.map((one) => one[name]).join(',')]));
}

const OF_FUNCTIONS = new Set(
  BUILT_IN_VARIABLES.filter(({ ofFunction }) => ofFunction === true).map(({ name }) => name),
);

/** Whether a template says something about a single function. */
export function tellsFunctionsApart(template: string): boolean {
  return readTemplate(template).variables.some(({ name }) => OF_FUNCTIONS.has(name));
}

/** The functions that a step is about. */
export function concerned(run: TargetRun): readonly FunctionRun[] {
  return run.changing.length > 0 ? run.changing : run.functions;
}

function withValues(variables: Record<string, string | undefined>): Variables {
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
