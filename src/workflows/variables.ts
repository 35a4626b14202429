import type { FunctionVariables, Variables } from '../domain/variables.js';
import {
  functionVariables as valuesOf,
  joinedVariables,
  targetVariables,
} from '../domain/variableValues.js';
import type { FunctionRun } from './functionRun.js';
import type { TargetRun } from './targetRun.js';

/** The values that every template of a step has. */
export function stepVariables(run: TargetRun): Variables {
  const functions = concerned(run).map(functionVariables);
  return { ...targetVariables(run.input), ...joinedVariables(functions) };
}

/** What a function adds. */
export function functionVariables(one: FunctionRun): FunctionVariables {
  const names = { name: one.name, alias: one.given.plan.alias };
  if (one.unchanged) return valuesOf({ ...names, ...asBefore(one) });
  const { version, servedVersion: previousVersion } = one;
  const weight = version === undefined ? undefined : one.weight;
  return valuesOf({ ...names, version, previousVersion, weight });
}

/** What was as the plan says already has replaced nothing, and has all traffic. */
function asBefore({ servedVersion }: FunctionRun) {
  const version = servedVersion ?? '$LATEST';
  return { version, previousVersion: version, weight: 100 };
}

/** The functions that a step is about. */
export function concerned(run: TargetRun): readonly FunctionRun[] {
  return run.changing.length > 0 ? run.changing : run.functions;
}
