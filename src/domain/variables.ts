import { readTemplate, type TemplateVariable } from './templates.js';

/** What a template belongs to. */
export type TemplateOwner = 'webhook' | 'query';

/** A variable that is there without anybody having to give it a value. */
export interface BuiltInVariable {
  name: string;
  meaning: string;
  /** In which templates it has a value. */
  in: readonly TemplateOwner[];
  /** Whether it has a value before the target's first write, too. */
  beforeDeployment: boolean;
  /** Whether each function of a target has a value of its own. */
  ofFunction?: true;
}

const OF_TARGETS = {
  applicationName: 'the application',
  deploymentId: "the deployment's id",
  environmentName: 'the target',
  accountName: "the target's account, as the file labels it",
  accountId: "the target's account, twelve digits",
  region: "the target's region",
};

const OF_CALLBACKS = {
  callbackUri: 'where the callback goes, without the /callback at its end',
};

const OF_LINKS = {
  deploymentLink: "the deployment's page in the Temporal UI",
};

const OF_GATES = {
  gate: 'the gate that the call is about',
  answerCommand: 'the command that answers that gate',
};

const OF_FUNCTIONS = {
  functionName: 'the function',
  aliasName: "the function's alias",
  version: 'the version that is being deployed',
  previousVersion: 'the version that it replaces',
  weight: 'the percentage of the traffic on the new version',
};

const OF_WINDOWS = {
  startTimeIso8601: 'where the look-back begins, such as 2026-01-31T12:00:00Z',
  startTimeEpochSeconds: 'the same in seconds since 1970',
  startTimeEpochMillis: 'the same in milliseconds since 1970',
  endTimeIso8601: 'where the look-back ends, such as 2026-01-31T12:05:00Z',
  endTimeEpochSeconds: 'the same in seconds since 1970',
  endTimeEpochMillis: 'the same in milliseconds since 1970',
  intervalSeconds: 'how many seconds the look-back spans',
  intervalMillis: 'how many milliseconds the look-back spans',
  promQlStepInterval: 'the look-back as Prometheus writes it, such as 300s',
};

/** Values of `{{sluice.…}}`, without the prefix. What has no value is not there. */
export type Variables = Record<string, string>;

export type TargetVariables = Record<keyof typeof OF_TARGETS, string>;
export type GateVariables = Partial<Record<keyof typeof OF_GATES, string>>;
export type FunctionVariables = Partial<Record<keyof typeof OF_FUNCTIONS, string>>;
export type WindowVariables = Record<keyof typeof OF_WINDOWS, string>;

const EVERYWHERE = ['webhook', 'query'] as const;

/** Every variable of `{{sluice.…}}`. */
export const BUILT_IN_VARIABLES: readonly BuiltInVariable[] = [
  ...described(OF_TARGETS, { in: EVERYWHERE, beforeDeployment: true }),
  ...described(OF_CALLBACKS, { in: ['webhook'], beforeDeployment: true }),
  ...described({ ...OF_LINKS, ...OF_GATES }, { in: ['webhook'], beforeDeployment: true }),
  ...described(OF_FUNCTIONS, { in: EVERYWHERE, beforeDeployment: false, ofFunction: true }),
  ...described(OF_WINDOWS, { in: ['query'], beforeDeployment: false }),
];

function described(
  meanings: Readonly<Record<string, string>>,
  where: Omit<BuiltInVariable, 'name' | 'meaning'>,
): BuiltInVariable[] {
  return Object.entries(meanings).map(([key, meaning]) => ({
    name: nameOf(key),
    meaning,
    ...where,
  }));
}

function nameOf(key: string): string {
  return `sluice.${key}`;
}

/** The variable whose value is made for one call. */
export const CALLBACK_URI = 'sluice.callbackUri';

/** The variable whose value needs what only the process that makes a call knows: where the UI is. */
export const DEPLOYMENT_LINK = 'sluice.deploymentLink';

/** The variables that have a value only where a webhook is about a gate. */
export const GATE_VARIABLES: readonly string[] = Object.keys(OF_GATES).map(nameOf);

/** The variables of a template that each function of a target has a value of its own for, each once. */
export function functionVariablesIn(template: string): TemplateVariable[] {
  const used = new Map(readTemplate(template).variables.map((one) => [one.name, one]));
  return BUILT_IN_VARIABLES.flatMap(({ name, ofFunction }) =>
    ofFunction ? (used.get(name) ?? []) : [],
  );
}

/** Whether a template says something about a single function. */
export function tellsFunctionsApart(template: string): boolean {
  return functionVariablesIn(template).length > 0;
}
