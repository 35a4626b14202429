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

/** What a function adds. One that was as the plan says already is live as what it replaces. */
export function functionVariables(one: FunctionRun): Variables {
  const { alias } = one.given.plan;
  const version = one.version ?? (one.unchanged ? one.servedVersion : undefined);
  return withValues({
    functionName: one.name,
    aliasName: alias,
    version,
    previousVersion: one.servedVersion,
    weight: version === undefined ? undefined : String(one.weight),
  });
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
