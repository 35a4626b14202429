import { accountOf } from './arns.js';
import { sluiceCommand } from './commands.js';
import { defined } from './defined.js';
import type {
  FunctionVariables,
  GateVariables,
  TargetVariables,
  Variables,
  WindowVariables,
} from './variables.js';
import type { ToldGate } from './toldGate.js';
import type { Verb } from './verbs.js';

/** A target, as its deployment knows it. */
interface KnownTarget {
  application: string;
  deploymentId: string;
  target: string;
  account: string;
  deployRoleArn: string;
  region: string;
}

/** What is the same for all functions of a target. */
export function targetVariables(known: KnownTarget): TargetVariables {
  return {
    applicationName: known.application,
    deploymentId: known.deploymentId,
    environmentName: known.target,
    accountName: known.account,
    accountId: accountOf(known.deployRoleArn),
    region: known.region,
  };
}

/** How a gate is answered by whoever wants to go on. */
const ANSWERS: Readonly<Record<ToldGate['kind'], Verb>> = {
  approval: 'approve',
  pause: 'skipPause',
  callback: 'webhookCallback',
};

/** What a webhook knows of the gate that it is about. */
export function gateVariables(
  deployment: Pick<KnownTarget, 'application' | 'deploymentId'>,
  told: ToldGate,
): GateVariables {
  const answerCommand = sluiceCommand(deployment, told, ANSWERS[told.kind]);
  return { gate: told.id, ...defined({ answerCommand }) };
}

/** What is known of a function. */
interface KnownFunction {
  name?: string | undefined;
  alias?: string | undefined;
  version?: string | undefined;
  previousVersion?: string | undefined;
  /** Percent. */
  weight?: number | undefined;
}

/** What a function adds. */
export function functionVariables(known: KnownFunction): FunctionVariables {
  const { name, alias, version, previousVersion, weight } = known;
  return {
    ...defined({ functionName: name, aliasName: alias, version, previousVersion }),
    ...(weight !== undefined && { weight: String(weight) }),
  };
}

/** Of several functions: the values that all of them have, one after the other with commas. */
export function joinedVariables(all: readonly Variables[]): Variables {
  const names = Object.keys(all[0] ?? {}).filter((name) => all.every((one) => name in one));
  return Object.fromEntries(names.map((name) => [name, all.map((one) => one[name]).join(',')]));
}

/** The time that a query looks back over. */
export interface Window {
  from: Date;
  to: Date;
}

/** What a run of an analysis adds. */
export function windowVariables({ from, to }: Window): WindowVariables {
  const millis = to.getTime() - from.getTime();
  // Rounded up: a shorter span would leave out what happened at its edge, and none is no span.
  const seconds = Math.max(1, Math.ceil(millis / 1000));
  return {
    startTimeIso8601: isoSeconds(from),
    startTimeEpochSeconds: epochSeconds(from),
    startTimeEpochMillis: String(from.getTime()),
    endTimeIso8601: isoSeconds(to),
    endTimeEpochSeconds: epochSeconds(to),
    endTimeEpochMillis: String(to.getTime()),
    intervalSeconds: String(seconds),
    intervalMillis: String(millis),
    promQlStepInterval: `${seconds}s`,
  };
}

function isoSeconds(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}

function epochSeconds(time: Date): string {
  return String(Math.floor(time.getTime() / 1000));
}
