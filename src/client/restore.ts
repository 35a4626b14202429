import { randomUUID } from 'node:crypto';
import { deploymentWords } from '../domain/commands.js';
import { defined } from '../domain/defined.js';
import { LATEST } from '../domain/functions.js';
import { type GoingBack, goingBackText } from '../domain/goingBack.js';
import type { FunctionOutcome, TargetOutcome } from '../domain/outcomes.js';
import type { Plan, RestorePlan, TargetPlan } from '../domain/plan.js';
import { MAX_COMMENT, shortText } from '../domain/shortText.js';
import { SluiceError } from '../errors.js';
import { claimed } from './errors.js';
import { type Earlier, readEarlier } from './earlier.js';
import { outcomesIn } from './history.js';
import type { Link } from './link.js';
import { findDeployment } from './list.js';
import type { DeploymentFacts } from './report.js';
import { readFacts } from './status.js';

/** The strategy of a plan that gives back: all at once. */
const AT_ONCE = 'at once';

/** How many notes name their function; a plan may have two thousand targets. */
const MAX_NOTES = 20;

/**
 * The plan that gives back what was live before a run of the application, or after an earlier one.
 *
 * @throws SluiceError `notAccepted` when there is nothing to give back, or `notFound`
 */
export async function restoringPlan(
  link: Link,
  application: string,
  { runId, to, comment }: { runId?: string; to?: string; comment?: string },
): Promise<{ plan: Plan; notes: string[] }> {
  const facts =
    to === undefined
      ? await readFacts(link, application, runId)
      : await findDeployment(link, to, application);
  if (to === undefined && runId === undefined) assertNotGivingBack(facts);
  assertEnded(facts);
  const earlier = await readEarlier(link, facts);
  const when = to === undefined ? 'before' : 'after';
  const notes: string[] = [];
  const targets = targetsOf(earlier, when, notes);
  if (targets.length === 0) throw nothingToGive(facts, when, notes);
  const goesBack: GoingBack = {
    to: when,
    deploymentId: earlier.plan.deploymentId,
    ...(comment !== undefined && { comment: shortText(comment, MAX_COMMENT) }),
  };
  return { plan: planWith(targets, earlier, goesBack), notes: limited(notes) };
}

/**
 * Whoever asks twice for a rollback does not mean to have the first one taken back.
 *
 * @throws SluiceError `notAccepted` when the deployment gives back what was live at an earlier one
 */
export function assertNotGivingBack({ goesBack, ...facts }: DeploymentFacts): void {
  if (goesBack === undefined || goesBack.to === 'again') return;
  const { application, deploymentId = '', state } = facts;
  const { to, deploymentId: earlier } = goesBack;
  throw new SluiceError(
    'notAccepted',
    `The newest deployment of "${application}", ${claimed(deploymentId)} (${state}), is a rollback itself: it ` +
      `${goingBackText({ to, deploymentId: earlier })}. To take that back, name it: ` +
      `\`sluice deploy rollback ${deploymentWords({ application, deploymentId })}\`.`,
  );
}

type When = 'before' | 'after';

function assertEnded({ state, application, deploymentId, runId }: DeploymentFacts): void {
  if (state !== 'running') return;
  throw new SluiceError(
    'notAccepted',
    `Deployment ${deploymentId ?? runId} of "${application}" runs: it has left nothing yet that could be given back.`,
  );
}

function targetsOf({ plan, events }: Earlier, when: When, notes: string[]): TargetPlan[] {
  const outcomes = outcomesIn(plan, events);
  return plan.targets.flatMap((target) => {
    const restores = restoresOf(target, outcomes.get(target.name), when, notes);
    if (restores.length === 0) return [];
    const { name, account, deployRoleArn, region } = target;
    return [{ ...EMPTY, name, account, deployRoleArn, region, restores }];
  });
}

const EMPTY = {
  strategy: AT_ONCE,
  dependsOn: [],
  beforeDeployment: [],
  afterDeployment: [],
  functions: [],
};

function restoresOf(
  target: TargetPlan,
  outcome: TargetOutcome | undefined,
  when: When,
  notes: string[],
): RestorePlan[] {
  const all = [...target.functions, ...(target.restores ?? [])];
  return all.flatMap(({ name, alias, replacedCode }) => {
    const found = outcome?.functions.find((one) => one.name === name);
    const said = `${name} of ${target.name}`;
    if (when === 'before' && !mayHaveChanged(outcome, found)) return [];
    const version = when === 'before' ? found?.previousVersion : found?.version;
    if (version === undefined || version === LATEST) {
      const why =
        version === LATEST
          ? `its alias served ${LATEST} then, which keeps nothing of what it was`
          : `no version of it is known that was live ${when}`;
      notes.push(`${said} stays as it is: ${why}.`);
      return [];
    }
    if (alias === undefined) {
      notes.push(
        `${said} has no alias: the code and settings of version ${version} are put back, which takes longer than an alias does.`,
      );
    }
    const left = when === 'before' && outcome?.status === 'deployed' ? found?.version : undefined;
    return [
      {
        name,
        version,
        ...defined({ alias, insteadOf: left, replacedCode }),
      },
    ];
  });
}

/**
 * What was not changed, or was put back already, is as it was before. Where a rollback failed,
 * something may be left between old and new.
 */
function mayHaveChanged(
  outcome: TargetOutcome | undefined,
  found: FunctionOutcome | undefined,
): boolean {
  if (outcome?.status === 'rollbackFailed') return true;
  if (outcome?.status !== 'deployed') return false;
  return found?.previousVersion === undefined || found.previousVersion !== found.version;
}

function planWith(targets: TargetPlan[], { plan }: Earlier, goesBack: GoingBack): Plan {
  return {
    schemaVersion: 1,
    deploymentId: randomUUID(),
    application: plan.application,
    goesBack,
    context: {},
    timeoutMs: plan.timeoutMs,
    ifDeploymentInProgress: 'reject',
    targets,
    strategies: { [AT_ONCE]: { steps: [{ type: 'setWeight', weight: 100 }] } },
    webhooks: {},
    queries: {},
  };
}

function nothingToGive(
  { application, deploymentId, runId, state }: DeploymentFacts,
  when: When,
  notes: string[],
): SluiceError {
  const why =
    when === 'before'
      ? `changed nothing that is still live, or what was there before is not known`
      : 'left nothing live that is known';
  const lines = [
    `Deployment ${deploymentId ?? runId} of "${application}" (${state}) ${why}. To give back what ` +
      `was live after an earlier one, name it with --to: \`sluice deploy history ${deploymentWords({ application })}\` lists them.`,
    ...limited(notes),
  ];
  return new SluiceError('notAccepted', lines.join('\n'));
}

function limited(notes: string[]): string[] {
  const more = notes.length - MAX_NOTES;
  return more <= 0 ? notes : [...notes.slice(0, MAX_NOTES), `And ${more} more functions.`];
}
