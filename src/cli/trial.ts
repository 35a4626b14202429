import { accountOf } from '../domain/arns.js';
import type { AnalysisStep, FunctionPlan, Plan, Query, TargetPlan } from '../domain/plan.js';
import { BUILT_IN_VARIABLES, readTemplate } from '../domain/templates.js';
import { SluiceError } from '../settings/sluiceError.js';
import type { Trial } from '../worker/tryQuery.js';

/** What a deployment would know, and a person has to say who tries a query without one. */
export interface TrialOptions {
  query: string;
  /** The function's name. */
  function?: string;
  version?: string;
  previousVersion?: string;
  /** Percent. */
  weight?: number;
  provider?: string;
  /** Milliseconds. */
  lookBack?: number;
}

/**
 * The question that an analysis of the plan's only target would ask now.
 *
 * @throws SluiceError `invalidArguments` when the plan has no such query, or something is not said
 */
export function trialOf(plan: Plan, options: TrialOptions, now: Date): Trial {
  const target = onlyTarget(plan);
  const { step, provider } = useOf(plan, target, options.query);
  const query = plan.queries[options.query]!;
  const one = functionOf(target, query, options.function);
  const lookBackMs = options.lookBack ?? step.intervalMs;
  const trial: Trial = {
    application: plan.application,
    deploymentId: plan.deploymentId,
    target: target.name,
    deployRoleArn: target.deployRoleArn,
    region: target.region,
    context: { ...plan.context, ...step.context },
    variables: targetVariables(plan, target),
    from: new Date(now.getTime() - lookBackMs).toISOString(),
    to: now.toISOString(),
    query: {
      query: options.query,
      provider: options.provider ?? provider,
      template: query.template,
      onNoData: query.onNoData,
      ...(one !== undefined && { function: one.name }),
      variables: functionVariables(one, options),
    },
  };
  assertValues(trial, one);
  return trial;
}

function onlyTarget({ targets }: Plan): TargetPlan {
  const [target] = targets;
  if (target !== undefined && targets.length === 1) return target;
  const names = targets.map(({ name }) => name).join(', ');
  throw unfit(`The file has ${targets.length} targets. Choose one with --target: ${names}.`);
}

/** Where a target's analyses run the query first: the context is that of the step. */
function useOf(plan: Plan, target: TargetPlan, name: string) {
  const steps = analysesOf(plan, target);
  for (const step of steps) {
    const use = step.queries.find(({ query }) => query === name);
    if (use !== undefined) return { step, provider: use.provider };
  }
  const names = new Set(steps.flatMap(({ queries }) => queries.map(({ query }) => query)));
  const there = names.size === 0 ? 'It has none' : `It runs: ${[...names].join(', ')}`;
  throw unfit(`No analysis at the target ${target.name} runs a query named ${name}. ${there}.`);
}

function analysesOf({ strategies }: Plan, target: TargetPlan): AnalysisStep[] {
  const steps = [...(strategies[target.strategy]?.steps ?? []), ...target.afterDeployment];
  return steps.filter((step) => step.type === 'analysis');
}

/** Of several functions one has to be chosen only when the query tells them apart. */
function functionOf(
  { functions, name: target }: TargetPlan,
  { template }: Query,
  name: string | undefined,
): FunctionPlan | undefined {
  const names = functions.map((one) => one.name).join(', ');
  if (name !== undefined) {
    const chosen = functions.find((one) => one.name === name);
    if (chosen !== undefined) return chosen;
    throw unfit(`The target ${target} has no function named ${name}. It has: ${names}.`);
  }
  if (functions.length === 1) return functions[0];
  const used = new Set(readTemplate(template).variables.map((variable) => variable.name));
  const tellsApart = BUILT_IN_VARIABLES.some((one) => one.ofFunction && used.has(one.name));
  if (!tellsApart) return undefined;
  throw unfit(`The query is about one function. Choose one with --function: ${names}.`);
}

function targetVariables(plan: Plan, target: TargetPlan): Record<string, string> {
  return {
    applicationName: plan.application,
    deploymentId: plan.deploymentId,
    environmentName: target.name,
    accountName: target.account,
    accountId: accountOf(target.deployRoleArn),
    region: target.region,
  };
}

function functionVariables(
  one: FunctionPlan | undefined,
  { version, previousVersion, weight }: TrialOptions,
): Record<string, string> {
  return {
    ...(one !== undefined && { functionName: one.name }),
    ...(one?.alias !== undefined && { aliasName: one.alias }),
    ...(version !== undefined && { version }),
    ...(previousVersion !== undefined && { previousVersion }),
    ...(weight !== undefined && { weight: String(weight) }),
  };
}

const OPTIONS: Readonly<Record<string, string>> = {
  'armory.version': '--version <number>',
  'armory.previousVersion': '--previous-version <number>',
  'armory.weight': '--weight <percent>',
};

/** Everything that is missing is said at once, with the option that gives it. */
function assertValues({ context, variables, query }: Trial, one: FunctionPlan | undefined): void {
  const known = { ...variables, ...query.variables };
  const names = new Set(readTemplate(query.template).variables.map(({ name }) => name));
  const missing = [...names].filter((name) => {
    if (name.startsWith('context.')) return !Object.hasOwn(context, name.slice('context.'.length));
    return isOfFunction(name) && !Object.hasOwn(known, name.slice('armory.'.length));
  });
  if (missing.length === 0) return;
  if (missing.includes('armory.aliasName')) {
    throw unfit(`The query uses armory.aliasName, and ${one?.name ?? 'no function'} has no alias.`);
  }
  const options = missing.map(
    (name) => OPTIONS[name] ?? `--add-context ${name.slice('context.'.length)}=<value>`,
  );
  const uses = missing.length === 1 ? 'which has no value' : 'which have no values';
  throw unfit(
    `The query ${query.query} uses ${missing.join(', ')}, ${uses} without a deployment. Add: ${options.join(' ')}.`,
  );
}

function isOfFunction(name: string): boolean {
  return BUILT_IN_VARIABLES.some((one) => one.ofFunction === true && one.name === name);
}

function unfit(message: string): SluiceError {
  return new SluiceError('invalidArguments', message);
}
