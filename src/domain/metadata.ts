import { defined } from './defined.js';
import { type GoingBack, goingBackText } from './goingBack.js';
import { detailsText, Markdown, marked, summaryText } from './markdownText.js';
import type { Plan } from './plan.js';

/** Who starts a deployment, and from which commit. */
export interface Origin {
  /** A person or a job, as people know them. */
  startedBy?: string;
  /** The commit that the deployment comes from. */
  commit?: string;
}

/**
 * What a deployment's memo holds from its start on. `status` (a DeploymentStatus) and
 * `outcome` are added by the workflow when it ends.
 */
interface DeploymentMemo {
  schemaVersion: 1;
  deploymentId: string;
  application: string;
  commit?: string;
  startedBy?: string;
  goesBack?: GoingBack;
  status?: string;
  outcome?: unknown;
}

/** How many targets the details name. */
const NAMED_TARGETS = 50;

export function memoOf(plan: Plan, { startedBy, commit }: Origin): Record<string, unknown> {
  const memo: DeploymentMemo = {
    schemaVersion: 1,
    deploymentId: plan.deploymentId,
    application: plan.application,
    ...defined({ commit, startedBy, goesBack: plan.goesBack }),
  };
  return { ...memo };
}

/**
 * One line for lists of workflows.
 *
 * @param what - that is not simply the deployment
 */
export function summaryOf(plan: Plan, what = ''): string {
  return summaryText(`${what}${plan.application} to ${targetCount(plan.targets.length)}`);
}

/** What the Temporal UI shows about the deployment as a whole, in its Markdown. */
export function detailsOf(plan: Plan, { startedBy, commit }: Origin): string {
  const named = plan.targets.slice(0, NAMED_TARGETS);
  const more = plan.targets.length - named.length;
  const facts = [
    marked`- deployment ${plan.deploymentId}`,
    ...(plan.goesBack === undefined ? [] : [marked`- ${goingBackText(plan.goesBack)}`]),
    ...(startedBy === undefined ? [] : [marked`- started by ${startedBy}`]),
    ...(commit === undefined ? [] : [marked`- commit ${commit}`]),
  ];
  const targets = [
    ...named.map(({ name, region }) => marked`- ${name} (${region})`),
    ...(more > 0 ? [marked`- and ${more} more`] : []),
  ];
  const paragraphs = [
    marked`**${plan.application}**`,
    marked`${plan.description ?? ''}`,
    Markdown.joined(facts, '\n'),
    Markdown.joined([marked`${targetCount(plan.targets.length)}:`, ...targets], '\n'),
  ];
  return detailsText(Markdown.paragraphs(paragraphs));
}

function targetCount(count: number): string {
  return count === 1 ? '1 target' : `${count} targets`;
}
