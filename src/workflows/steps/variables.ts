import {
  functionVariables as valuesOf,
  gateVariables,
  joinedVariables,
  targetVariables,
} from '../../domain/variableValues.js';
import { LATEST } from '../../domain/functions.js';
import { toldGate } from '../../domain/toldGate.js';
import type { FunctionVariables, GateVariables, Variables } from '../../domain/variables.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';

/** The values that every template of a step has. */
export function stepVariables(target: TargetState): Variables {
  const functions = concerned(target).map(variablesOf);
  return { ...targetVariables(target.input), ...joinedVariables(functions) };
}

/**
 * What a webhook adds: the gate that it is about, which is its own where it waits for a callback.
 *
 * @param own - the gate that stands for its step
 */
export function webhookVariables(
  { input }: TargetState,
  own: string,
  waits: boolean,
): GateVariables {
  const told = waits ? ({ id: own, kind: 'callback' } as const) : toldGate(input, own);
  return told === undefined ? {} : gateVariables(input, told);
}

/** What a function adds. */
export function variablesOf(fn: FunctionLedger): FunctionVariables {
  const names = { name: fn.name, alias: fn.aliasName };
  if (fn.unchanged) return valuesOf({ ...names, ...asBefore(fn) });
  const { version, servedVersion: previousVersion } = fn;
  const weight = version === undefined ? undefined : fn.weight;
  return valuesOf({ ...names, version, previousVersion, weight });
}

/** What was as the plan says already has replaced nothing, and has all traffic. */
function asBefore({ servedVersion }: FunctionLedger) {
  const version = servedVersion ?? LATEST;
  return { version, previousVersion: version, weight: 100 };
}

/** The functions that a step is about. */
export function concerned(target: TargetState): readonly FunctionLedger[] {
  return target.changing.length > 0 ? target.changing : target.functions;
}
