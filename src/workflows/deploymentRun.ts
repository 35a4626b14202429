import { setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import { accountOf } from '../domain/arns.js';
import { failureSentence } from '../domain/failures.js';
import { inWords, type TargetOutcome } from '../domain/outcomes.js';
import type { Plan } from '../domain/plan.js';
import type { DeploymentPhase, DeploymentProgress, TargetSummary } from '../domain/status.js';

/** A query's answer must stay far below what Temporal carries in one message. */
const MAX_PAGE = 500;

/** How many failures the Temporal UI shows; a workflow's details may have 20,000 bytes. */
const MAX_SHOWN = 5;

/** The present state of a deployment, for its status and for a person in the Temporal UI. */
export class DeploymentRun {
  readonly startedAt = new Date().toISOString();
  readonly outcomes = new Map<string, TargetOutcome>();
  readonly #targets: Map<string, TargetSummary>;
  #phase: DeploymentPhase = 'resolvingPackages';
  /** Targets whose lock an earlier deployment's run still has. */
  readonly #held = new Set<string>();

  constructor(readonly plan: Plan) {
    this.#targets = new Map(plan.targets.map((target) => [target.name, summaryOf(target)]));
    this.#show();
  }

  enter(phase: DeploymentPhase): void {
    this.#phase = phase;
    this.#show();
  }

  waitsForHolder(target: string): void {
    this.#held.add(target);
    this.#show();
  }

  holderHasEnded(target: string): void {
    this.#held.delete(target);
    this.#show();
  }

  started(target: string): void {
    if (this.#phase === 'resolvingPackages') this.#phase = 'deploying';
    this.#change(target, { phase: 'running' });
  }

  ended(outcome: TargetOutcome): TargetOutcome {
    this.outcomes.set(outcome.target, outcome);
    const { status, failure } = outcome;
    this.#change(outcome.target, {
      phase: 'ended',
      status,
      ...(failure !== undefined && { failure }),
    });
    return outcome;
  }

  progress(offset: number): DeploymentProgress {
    const { deploymentId, application } = this.plan;
    const targets = [...this.#targets.values()];
    return {
      schemaVersion: 1,
      deploymentId,
      application,
      phase: this.#phase,
      startedAt: this.startedAt,
      ...(this.#held.size > 0 && { notice: this.#notice }),
      total: targets.length,
      offset,
      targets: targets.slice(offset, offset + MAX_PAGE),
    };
  }

  get #notice(): string {
    const targets = [...this.#held].join(', ');
    return `An earlier deployment still holds ${targets}: it is cancelled and waited for.`;
  }

  #change(target: string, change: Partial<TargetSummary>): void {
    const summary = this.#targets.get(target);
    if (summary !== undefined) this.#targets.set(target, { ...summary, ...change });
    this.#show();
  }

  #show(): void {
    const counts = new Map<string, number>();
    for (const { phase, status } of this.#targets.values()) {
      const key = status ?? phase;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const targets = [...counts].map(([key, count]) => `${count} ${inWords(key)}`).join(', ');
    const lines = [`**${this.plan.application}**: ${inWords(this.#phase)}; targets: ${targets}`];
    if (this.#held.size > 0) lines.push(this.#notice);
    const failures = [...this.outcomes.values()].flatMap(({ failure }) => failure ?? []);
    lines.push(...failures.slice(0, MAX_SHOWN).map((failure) => `- ${failureSentence(failure)}`));
    setCurrentDetails(lines.join('\n\n'));
  }
}

/** What the status says while nobody knows yet whether the plan is one. */
export function progressBeforePlan(): DeploymentProgress {
  const { memo, startTime } = workflowInfo();
  return {
    schemaVersion: 1,
    deploymentId: textOf(memo?.['deploymentId']),
    application: textOf(memo?.['application']),
    phase: 'checkingPlan',
    startedAt: startTime.toISOString(),
    total: 0,
    offset: 0,
    targets: [],
  };
}

/** A memo holds whatever was sent with the start. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function summaryOf(target: Plan['targets'][number]): TargetSummary {
  const { name, region, deployRoleArn, dependsOn } = target;
  return { name, region, accountId: accountOf(deployRoleArn), dependsOn, phase: 'waiting' };
}
