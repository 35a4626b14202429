import type { RawValue } from '@temporalio/common';
import {
  ApplicationFailure,
  CancellationScope,
  ChildWorkflowCancellationType,
  defineWorkflowOptions,
  executeChild,
  ParentClosePolicy,
  workflowInfo,
} from '@temporalio/workflow';
import { PREFLIGHT_PAGE_WORKFLOW } from '../../domain/names.js';
import type { Plan, Step, TargetPlan } from '../../domain/plan.js';
import {
  addCounts,
  countPreflight,
  type PreflightCounts,
  type PreflightOptions,
  type PreflightResult,
  type TargetPreflight,
} from '../../domain/preflight.js';
import { sideBySide } from '../../domain/sideBySide.js';
import { checkedPlan } from '../temporal/checkedPlan.js';
import { decodeRaw, RAW_INPUT } from '../temporal/raw.js';
import type { PageInput, sluicePreflightPage } from './page.js';
import { preflightTargets } from './target.js';

/** A page's result stays far below what Temporal carries in one message. */
const FUNCTIONS_OF_A_PAGE = 50;

/** How many pages are looked at at once: a worker has deployments to carry out as well. */
const PAGES_AT_ONCE = 4;

/** Nobody waits for longer. In milliseconds. */
const LIMIT_MS = 30 * 60_000;

/**
 * Looks what a deployment of the plan would change, and what of it would fail. It writes nothing, so
 * it may be cancelled, terminated or started again at any time.
 *
 * @throws ApplicationFailure `invalidPlan`, or `timedOut` after half an hour
 */
export async function sluicePreflight(raw: RawValue, more?: RawValue): Promise<PreflightResult> {
  const plan = await checkedPlan(raw);
  const { dryRunCode } = (decodeRaw(more) ?? {}) as PreflightOptions;
  const options: PreflightOptions = { dryRunCode: dryRunCode === true };
  const scope = new CancellationScope({ cancellable: true, timeout: LIMIT_MS });
  try {
    return await scope.run(() => lookAt(plan, options));
  } catch (error) {
    if (CancellationScope.current().consideredCancelled || !scope.consideredCancelled) throw error;
    throw ApplicationFailure.nonRetryable(
      'It took more than half an hour to look at the targets, so it was given up.',
      'timedOut',
    );
  }
}

defineWorkflowOptions(sluicePreflight, { staticOptions: { typeInfo: RAW_INPUT } });

async function lookAt(plan: Plan, options: PreflightOptions): Promise<PreflightResult> {
  const { deploymentId, application } = plan;
  const common = { schemaVersion: 1, deploymentId, application } as const;
  const pages = pagesOf(plan.targets);
  if (pages.length === 1) {
    const targets = await preflightTargets(plan, options);
    return { ...common, counts: countPreflight(targets), targets };
  }
  const counts = await lookAtPages(plan, pages, options);
  return { ...common, counts: addCounts(counts), pages: pages.map((_, index) => pageId(index)) };
}

/** In the order of the file; a target with more functions than a page has is a page of its own. */
function pagesOf(targets: readonly TargetPlan[]): TargetPlan[][] {
  const pages: TargetPlan[][] = [];
  let functions = Infinity;
  for (const target of targets) {
    // Also one that has none is looked at.
    const own = Math.max(1, target.functions.length);
    functions += own;
    if (functions > FUNCTIONS_OF_A_PAGE) {
      pages.push([]);
      functions = own;
    }
    pages.at(-1)?.push(target);
  }
  return pages;
}

async function lookAtPages(
  plan: Plan,
  pages: readonly TargetPlan[][],
  options: PreflightOptions,
): Promise<PreflightCounts[]> {
  return sideBySide([...pages.entries()], PAGES_AT_ONCE, async ([index, targets]) =>
    countPreflight(await lookAtPage({ plan: part(plan, targets), options }, index)),
  );
}

/** Only what a page looks at. */
function part(plan: Plan, targets: TargetPlan[]): Plan {
  const names = new Set(targets.map(({ strategy }) => strategy));
  const strategies = Object.entries(plan.strategies).filter(([name]) => names.has(name));
  return {
    ...plan,
    context: {},
    targets,
    strategies: Object.fromEntries(
      strategies.map(([name, { steps }]) => [name, { steps: steps.map(withoutContext) }]),
    ),
    webhooks: {},
    queries: {},
  };
}

/** The history of a preflight has every page's input. */
function withoutContext(step: Step): Step {
  return 'context' in step ? { ...step, context: {} } : step;
}

async function lookAtPage(input: PageInput, index: number): Promise<TargetPreflight[]> {
  const args = [input] as unknown as Parameters<typeof sluicePreflightPage>;
  return executeChild<typeof sluicePreflightPage>(PREFLIGHT_PAGE_WORKFLOW, {
    args,
    workflowId: pageId(index),
    parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    // Its parent may have been terminated, and have told nobody.
    workflowRunTimeout: LIMIT_MS,
  });
}

function pageId(index: number): string {
  return `${workflowInfo().workflowId}:${index + 1}`;
}
