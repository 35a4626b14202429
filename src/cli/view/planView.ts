import { accountOf } from '../../domain/arns.js';
import { durationText } from '../../domain/durations.js';
import { startOrder } from '../../domain/order.js';
import { isImage, packageUri } from '../../domain/packages.js';
import type { FunctionPlan, Plan, Step, TargetPlan } from '../../domain/plan.js';
import { shortestTimes, type Span } from '../../domain/shortestTime.js';
import { strategySteps } from '../../domain/steps.js';
import { stepText } from './stepText.js';
import { oneLine } from './text.js';
import { counted } from './words.js';

/** A line of a tree, and what hangs on it. */
interface Branch {
  text: string;
  branches?: Branch[];
}

/** What a plan does, as a person would draw it: targets in the order in which they can start. */
export function planLines(plan: Plan): string[] {
  const times = { usual: shortestTimes(plan), first: shortestTimes(plan, true) };
  const targets = startOrder(plan.targets).map((target) => targetBranch(plan, target, times));
  return [...headLines(plan, times), ...targets.flatMap((branch) => ['', ...drawn(branch)])];
}

/** The shortest times where traffic is shifted, and where nothing serves any yet. */
type Times = Record<'usual' | 'first', ReadonlyMap<string, Span>>;

function headLines(plan: Plan, { usual, first }: Times): string[] {
  const functions = plan.targets.reduce((sum, target) => sum + target.functions.length, 0);
  const [whole, wholeOfFirst] = [lastEnd(usual), lastEnd(first)];
  const meanwhile =
    plan.ifDeploymentInProgress === 'reject'
      ? 'A second deployment meanwhile is refused.'
      : 'Of deployments meanwhile, the newest waits.';
  return [
    `${oneLine(plan.application)}: ${counted(plan.targets.length, 'target')}, ${counted(functions, 'function')}`,
    ...(plan.description === undefined ? [] : [oneLine(plan.description)]),
    `${whole === 0 ? 'Waits for no time' : `Takes at least ${durationText(whole)}`}, with up to ${durationText(plan.timeoutMs)} of work at a target. ${meanwhile}`,
    ...(whole === wholeOfFirst ? [] : [firstText(wholeOfFirst)]),
  ];
}

function lastEnd(spans: ReadonlyMap<string, Span>): number {
  return [...spans.values()].reduce((most, { endMs }) => Math.max(most, endMs), 0);
}

function firstText(wholeMs: number): string {
  const time = wholeMs === 0 ? 'waits for no time' : `takes at least ${durationText(wholeMs)}`;
  return `A first deployment, where nothing serves traffic yet, leaves out the pauses after weights: it ${time}.`;
}

function targetBranch(plan: Plan, target: TargetPlan, { usual, first }: Times): Branch {
  const { name, account, region, beforeDeployment, afterDeployment } = target;
  const place = `account ${accountOf(target.deployRoleArn)} (${oneLine(account)}), ${region}`;
  return {
    text: `${oneLine(name)}: ${place}`,
    branches: [
      { text: startText(target.dependsOn, usual.get(name), first.get(name)) },
      ...stepsBranch('before, side by side', beforeDeployment, plan),
      { text: 'functions', branches: target.functions.map(functionBranch) },
      strategyBranch(plan, target),
      ...stepsBranch('after, side by side', afterDeployment, plan),
    ],
  };
}

function startText(dependsOn: readonly string[], usual: Span = NO_TIME, first = usual): string {
  const { startMs } = usual;
  if (dependsOn.length === 0 && startMs === 0) return 'starts at once';
  const after = dependsOn.length === 0 ? '' : ` after ${dependsOn.map(oneLine).join(', ')}`;
  const sooner =
    first.startMs === startMs ? '' : ` (${durationText(first.startMs)} at a first deployment)`;
  return `starts${after}${startMs === 0 ? '' : `, ${durationText(startMs)} in at the earliest${sooner}`}`;
}

const NO_TIME: Span = { startMs: 0, endMs: 0 };

function functionBranch({ name, alias, settings, package: planned }: FunctionPlan): Branch {
  const traffic = alias === undefined ? 'all traffic at once' : `traffic over the alias ${alias}`;
  const code = isImage(planned) ? 'container image' : settings.runtime;
  return { text: oneLine(`${name}: ${traffic}, ${code}, ${packageUri(planned)}`) };
}

/** The weight of 100 at the end is implied, unless the new version has all traffic before that. */
function strategyBranch(plan: Plan, target: TargetPlan): Branch {
  const steps = strategySteps(plan, target);
  const last = steps.findLast((step) => step.type === 'setWeight');
  const isBaked = last?.weight === 100 && last !== steps.at(-1);
  const shown = last?.weight === 100 && !isBaked ? steps.slice(0, -1) : steps;
  return {
    text: `strategy ${oneLine(target.strategy)}`,
    branches: [
      ...shown.map((step) => ({ text: oneLine(stepText(step, plan)) })),
      { text: isBaked ? 'promoted' : '100 %, promoted' },
    ],
  };
}

function stepsBranch(text: string, steps: readonly Step[], plan: Plan): Branch[] {
  if (steps.length === 0) return [];
  const title = steps.length === 1 ? text.replace(', side by side', '') : text;
  return [
    { text: title, branches: steps.map((step) => ({ text: oneLine(stepText(step, plan)) })) },
  ];
}

function drawn({ text, branches = [] }: Branch): string[] {
  const last = branches.length - 1;
  return [
    text,
    ...branches.flatMap((branch, index) => {
      const [first = '', ...rest] = drawn(branch);
      const [fork, stem] = index === last ? ['└─ ', '   '] : ['├─ ', '│  '];
      return [`${fork}${first}`, ...rest.map((line) => `${stem}${line}`)];
    }),
  ];
}
