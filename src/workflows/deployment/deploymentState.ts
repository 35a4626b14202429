import { condition, workflowInfo, type ChildWorkflowHandle } from '@temporalio/workflow';
import { accountOf } from '../../domain/arns.js';
import { defined } from '../../domain/defined.js';
import type { Failure } from '../../domain/failures.js';
import type { OpenGate } from '../../domain/gates.js';
import type { Markdown } from '../../domain/markdownText.js';
import { MAX_ANNOUNCING_TARGETS } from '../../domain/names.js';
import type { TargetOutcome } from '../../domain/outcomes.js';
import type { Plan } from '../../domain/plan.js';
import type { OperatorRequest } from '../../domain/requests.js';
import type { DeploymentProgress, TargetSummary } from '../../domain/status.js';
import { IgnoredMessages } from '../state/ignoredMessages.js';
import type { sluiceTarget } from '../target/target.js';
import { CurrentDetails } from '../temporal/currentDetails.js';
import { Course } from './course.js';
import { deploymentDetails, MAX_SHOWN } from './details.js';

export type TargetHandle = ChildWorkflowHandle<typeof sluiceTarget>;

/** A rollback that was asked for, and how a target that has not started ends because of it. */
export interface Stop {
  request: OperatorRequest;
  failure: Failure;
}

/** A query's answer must stay far below what Temporal carries in one message. */
const MAX_PAGE = 500;

/** The present state of a deployment, for its status and for a person in the Temporal UI. */
export class DeploymentState {
  readonly startedAt = new Date().toISOString();
  readonly outcomes = new Map<string, TargetOutcome>();
  /** Targets that run, and how to reach them. */
  readonly running = new Map<string, TargetHandle>();
  /** Why a target must not start any more. */
  readonly stopped = new Map<string, Stop>();
  readonly #targets: Map<string, TargetSummary>;
  /** What targets say about where they wait. */
  readonly #gates = new Map<string, OpenGate[]>();
  readonly #ignored = new IgnoredMessages();
  readonly #details = new CurrentDetails(() => this.#draw());
  /** Which way it goes as a whole. */
  readonly course = new Course(() => this.#show());
  /** Targets whose lock an earlier deployment's run still has. */
  readonly #held = new Set<string>();

  constructor(readonly plan: Plan) {
    this.#targets = new Map(plan.targets.map((target) => [target.name, summaryOf(target)]));
    this.#show();
  }

  /** Whether targets tell where they wait. */
  get knowsGates(): boolean {
    return this.plan.targets.length <= MAX_ANNOUNCING_TARGETS;
  }

  /** In the order of the file. */
  get gates(): OpenGate[] {
    return [...this.#targets.keys()].flatMap((name) => this.#gates.get(name) ?? []);
  }

  /** Targets that have ended with what the plan says. */
  get deployed(): string[] {
    return [...this.outcomes.values()]
      .filter(({ status }) => status === 'deployed' || status === 'unchanged')
      .map(({ target }) => target);
  }

  has(target: string): boolean {
    return this.#targets.has(target);
  }

  /** Rejects as soon as the target must not start any more. */
  async rejectOnceStopped(target: string): Promise<never> {
    await condition(() => this.stopped.has(target));
    throw new Error(`${target} must not start any more`);
  }

  waitsForHolder(target: string): void {
    this.#held.add(target);
    this.#show();
  }

  holderHasEnded(target: string): void {
    this.#held.delete(target);
    this.#show();
  }

  started(target: string, handle: TargetHandle): void {
    this.running.set(target, handle);
    this.course.begin();
    this.#change(target, { phase: 'running', startedAt: new Date().toISOString() });
  }

  ended(outcome: TargetOutcome): TargetOutcome {
    this.outcomes.set(outcome.target, outcome);
    this.running.delete(outcome.target);
    this.#gates.delete(outcome.target);
    this.course.ended(outcome.target);
    const { status, failure, endedAt } = outcome;
    this.#change(outcome.target, {
      phase: 'ended',
      status,
      endedAt,
      ...defined({ failure }),
    });
    return outcome;
  }

  /** A target says where it waits now, and whether it goes back. */
  announced(target: string, gates: OpenGate[], goesBack: boolean): void {
    // It may come before the news that the target has started.
    if (!this.has(target) || this.outcomes.has(target)) return;
    this.#gates.set(target, gates);
    if (goesBack) this.course.goesBack(target);
    this.#show();
  }

  ignore(verb: string, reason: string): void {
    this.#ignored.add(verb, reason);
    this.#show();
  }

  progress(offset: number): DeploymentProgress {
    const { deploymentId, application } = this.plan;
    const targets = [...this.#targets.values()];
    const notice = this.#notice;
    return {
      schemaVersion: 1,
      deploymentId,
      application,
      phase: this.course.phase,
      startedAt: this.startedAt,
      ...defined({ notice }),
      gates: this.gates,
      ...defined({ decisions: this.course.decisions }),
      ignored: this.#ignored.list,
      total: targets.length,
      offset,
      targets: targets.slice(offset, offset + MAX_PAGE),
    };
  }

  get #notice(): string | undefined {
    if (this.#held.size === 0) return undefined;
    const targets = [...this.#held].slice(0, MAX_SHOWN).join(', ');
    const more = this.#held.size > MAX_SHOWN ? ` and ${this.#held.size - MAX_SHOWN} more` : '';
    return `An earlier deployment still holds ${targets}${more}: it is cancelled and waited for.`;
  }

  #change(target: string, change: Partial<TargetSummary>): void {
    const summary = this.#targets.get(target);
    if (summary !== undefined) this.#targets.set(target, { ...summary, ...change });
    this.#show();
  }

  /** Much may change in one moment; a person sees what is true at its end. */
  #show(): void {
    this.#details.changed();
  }

  #draw(): Markdown {
    return deploymentDetails({
      application: this.plan.application,
      phase: this.course.phase,
      goingBack: this.course.goingBack,
      targets: [...this.#targets.values()],
      decisions: this.course.decisions ?? [],
      notice: this.#notice,
      gates: this.gates,
      failures: [...this.outcomes.values()].flatMap(({ failure }) => failure ?? []),
      ignored: this.#ignored.list,
    });
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
    gates: [],
    ignored: [],
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
