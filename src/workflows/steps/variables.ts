import { accountOf } from '../../domain/arns.js';
import { BUILT_IN_VARIABLES, readTemplate } from '../../domain/templates.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';

/** Values of `{{armory.…}}`, without the prefix. What has no value is not there. */
export type Variables = Record<string, string>;

/** What is the same for all functions of a target. */
export function targetVariables({ input }: TargetState): Variables {
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
export function functionVariables(fn: FunctionLedger): Variables {
  const names = { functionName: fn.name, aliasName: fn.aliasName };
  if (fn.unchanged) return withValues({ ...names, ...asBefore(fn) });
  const { version, servedVersion: previousVersion, weight } = fn;
  const released = version === undefined ? {} : { version, weight: String(weight) };
  return withValues({ ...names, ...released, previousVersion });
}

/** What was as the plan says already has replaced nothing, and has all traffic. */
function asBefore({ servedVersion }: FunctionLedger): Variables {
  const version = servedVersion ?? '$LATEST';
  return { version, previousVersion: version, weight: '100' };
}

/** Of several functions: the values that all of them have, one after the other with commas. */
export function joinedVariables(functions: readonly FunctionLedger[]): Variables {
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
export function concerned(target: TargetState): readonly FunctionLedger[] {
  return target.changing.length > 0 ? target.changing : target.functions;
}

function withValues(variables: Record<string, string | undefined>): Variables {
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
