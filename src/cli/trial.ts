import { defined } from '../domain/defined.js';
import type { AnalysisStep, FunctionPlan, Plan, Query, TargetPlan } from '../domain/plan.js';
import { stepsOfTarget } from '../domain/steps.js';
import { keyIn } from '../domain/templates.js';
import { functionVariablesIn, tellsFunctionsApart } from '../domain/variables.js';
import { functionVariables, targetVariables } from '../domain/variableValues.js';
import { SluiceError } from '../errors.js';
import type { Trial } from './tryQuery.js';

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
  const access = {
    application: plan.application,
    deploymentId: plan.deploymentId,
    target: target.name,
    deployRoleArn: target.deployRoleArn,
    region: target.region,
  };
  const trial: Trial = {
    ...access,
    context: { ...plan.context, ...step.context },
    variables: targetVariables({ ...access, account: target.account }),
    from: new Date(now.getTime() - lookBackMs).toISOString(),
    to: now.toISOString(),
    query: {
      query: options.query,
      provider: options.provider ?? provider,
      template: query.template,
      onNoData: query.onNoData,
      ...defined({ function: one?.name }),
      variables: functionVariables({ ...options, name: one?.name, alias: one?.alias }),
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

function analysesOf(plan: Plan, target: TargetPlan): AnalysisStep[] {
  return stepsOfTarget(plan, target).filter((step) => step.type === 'analysis');
}

/** Of several functions one has to be chosen only when the query tells them apart. */
function functionOf(
  { functions, name: target }: TargetPlan,
  query: Query,
  name: string | undefined,
): FunctionPlan | undefined {
  const names = functions.map((one) => one.name).join(', ');
  if (name !== undefined) {
    const chosen = functions.find((one) => one.name === name);
    if (chosen !== undefined) return chosen;
    throw unfit(`The target ${target} has no function named ${name}. It has: ${names}.`);
  }
  if (functions.length === 1) return functions[0];
  if (!tellsFunctionsApart(query.template)) return undefined;
  throw unfit(`The query is about one function. Choose one with --function: ${names}.`);
}

const OPTIONS: Readonly<Record<string, string>> = {
  'sluice.version': '--version <number>',
  'sluice.previousVersion': '--previous-version <number>',
  'sluice.weight': '--weight <percent>',
};

/** The values of the context are all there: a file without one is refused. */
function assertValues({ query }: Trial, one: FunctionPlan | undefined): void {
  const missing = functionVariablesIn(query.template).filter(
    ({ name }) => !Object.hasOwn(query.variables, keyIn('sluice', name) ?? ''),
  );
  if (missing.length === 0) return;
  const alias = missing.find(({ name }) => name === 'sluice.aliasName');
  if (alias !== undefined) {
    const whose = one?.name ?? 'no function';
    throw unfit(`The query uses ${alias.written}, and ${whose} has no alias.`);
  }
  const uses = missing.length === 1 ? 'which has no value' : 'which have no values';
  const options = missing.map(({ name }) => OPTIONS[name]).join(' ');
  const names = missing.map(({ written }) => written).join(', ');
  throw unfit(
    `The query ${query.query} uses ${names}, ${uses} without a deployment. Add: ${options}.`,
  );
}

function unfit(message: string): SluiceError {
  return new SluiceError('invalidArguments', message);
}
