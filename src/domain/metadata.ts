import { defined } from './defined.js';
import { type GoingBack, goingBackText } from './goingBack.js';
import { escaped } from './markdown.js';
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

/** What Temporal accepts in bytes. */
const MAX_SUMMARY_BYTES = 400;
const MAX_DETAILS_BYTES = 20_000;

/** The length in UTF-8 of the ellipsis that stands where text was cut. */
const ELLIPSIS_BYTES = 3;

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

/** One line for lists of workflows. */
export function summaryOf(plan: Plan): string {
  return limited(`${plan.application} to ${targetCount(plan.targets.length)}`, MAX_SUMMARY_BYTES);
}

/** What the Temporal UI shows about the deployment as a whole, in its markdown. */
export function detailsOf(plan: Plan, { startedBy, commit }: Origin): string {
  const named = plan.targets.slice(0, NAMED_TARGETS);
  const more = plan.targets.length - named.length;
  const lines = [
    `**${escaped(plan.application)}**`,
    ...(plan.description === undefined ? [] : ['', escaped(plan.description)]),
    '',
    `- deployment ${escaped(plan.deploymentId)}`,
    ...(plan.goesBack === undefined ? [] : [`- ${escaped(goingBackText(plan.goesBack))}`]),
    ...(startedBy === undefined ? [] : [`- started by ${escaped(startedBy)}`]),
    ...(commit === undefined ? [] : [`- commit ${escaped(commit)}`]),
    '',
    `${targetCount(plan.targets.length)}:`,
    ...named.map((target) => `- ${escaped(target.name)} (${escaped(target.region)})`),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ];
  return limited(lines.join('\n'), MAX_DETAILS_BYTES);
}

function targetCount(count: number): string {
  return count === 1 ? '1 target' : `${count} targets`;
}

/** Cut at a whole character, with a mark where something is missing. */
function limited(text: string, maxBytes: number): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= maxBytes) return text;
  const kept = bytes.subarray(0, maxBytes - ELLIPSIS_BYTES);
  return `${new TextDecoder().decode(kept).replace(/\uFFFD{1,3}$/, '')}…`;
}
