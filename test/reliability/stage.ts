import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@temporalio/client';
import { expect } from '@jest/globals';
import type { RunningProgram } from '../../src/local/processes.js';
import {
  DEPLOYMENT_WORKFLOW,
  deploymentWorkflowId,
  targetWorkflowId,
  TASK_QUEUE,
} from '../../src/domain/names.js';
import type { TargetOutcome } from '../../src/domain/outcomes.js';
import type { Plan, Step } from '../../src/domain/plan.js';
import { uniqueName } from '../support/names.js';
import { untilOpen } from '../support/operator.js';
import { outcomeOf } from '../support/outcomes.js';
import { until } from '../support/until.js';
import { System, type SystemWorker } from '../support/system.js';
import { expectInvariants } from './invariants.js';
import type { Scene } from './scene.js';

/** Two weights before the promotion, so that traffic moves more than once. */
export const CANARY: Step[] = [10, 50].map((weight) => ({ type: 'setWeight', weight }));

/** After the promotion it waits, so that it can go forward to the end or all the way back. */
export const UNTIL_APPROVED = { afterDeployment: [{ type: 'approval' as const }] };

/** Which way a deployment goes from where it waits. */
export type Way = 'forward' | 'back';

/** A deployment in a namespace of its own, with worker processes that may be interrupted. */
export class Stage {
  private constructor(readonly system: System) {}

  static async set(): Promise<Stage> {
    return new Stage(await System.start());
  }

  /** With a worker that runs. */
  static async withWorker(worker: SystemWorker = {}): Promise<Stage> {
    return new Stage(await System.withWorker(worker));
  }

  async start(plan: Plan): Promise<WorkflowHandle> {
    return this.system.client.workflow.start(DEPLOYMENT_WORKFLOW, {
      taskQueue: TASK_QUEUE,
      workflowId: deploymentWorkflowId(plan.application),
      args: [plan],
    });
  }

  deployment({ application }: Plan): WorkflowHandle {
    return this.system.client.workflow.getHandle(deploymentWorkflowId(application));
  }

  target({ application }: Plan): WorkflowHandle {
    return this.system.client.workflow.getHandle(targetWorkflowId(application, 'prod'));
  }

  /** Waits until everything has been promoted, at the approval that comes after that. */
  async untilPromoted(plan: Plan): Promise<void> {
    await untilOpen(this.target(plan), 'prod/after/1');
  }

  /** Says which way to go from there. */
  async answer(plan: Plan, way: Way): Promise<void> {
    await this.target(plan).signal(way === 'forward' ? 'approve' : 'rollback');
  }

  /** Waits for the target alone: its deployment may have been terminated. */
  async targetEnded(plan: Plan): Promise<TargetOutcome> {
    return until('the target had ended', async () => {
      const ended = this.target(plan).result() as Promise<TargetOutcome>;
      // It may not have started yet.
      return ended.catch((error: Error) => {
        if (error.name !== 'WorkflowNotFoundError') throw error;
        return undefined;
      });
    });
  }

  async ended(plan: Plan): Promise<TargetOutcome> {
    await outcomeOf(this.deployment(plan));
    return this.targetEnded(plan);
  }

  async strike(): Promise<void> {
    await this.system.stop();
  }
}

/** A deployment that went forward has made everything new; one that went back has left no trace. */
export async function expectEnd(
  scene: Scene,
  outcome: TargetOutcome,
  way: Way,
  requests: { arriveLate: boolean } = { arriveLate: false },
): Promise<void> {
  expect(outcome).toMatchObject({
    status: way === 'forward' ? 'deployed' : 'rolledBack',
    warnings: [],
  });
  if (way === 'forward') expect(await scene.isNew()).toBe(true);
  else expect(await scene.states()).toEqual(scene.before);
  await expectInvariants(scene, requests);
}

/** A worker process that is interrupted at an exact moment of an activity. */
export interface Interruption {
  activity: string;
  /** How many such moments there are until then, with it; 1, the first, when it is left out. */
  nth?: number;
  moment: 'before the read' | 'before the request' | 'after the request' | 'at its end';
  signal: 'SIGKILL' | 'SIGSTOP';
  /** Not before {@link InterruptedWorker.arm}: an earlier deployment has the same activities. */
  later?: boolean;
}

export class InterruptedWorker {
  private constructor(
    readonly process: RunningProgram,
    private readonly file: string,
  ) {}

  static async start(
    system: System,
    { later = false, nth = 1, ...interruption }: Interruption,
    more: Pick<SystemWorker, 'awsEndpoint' | 'settings'> = {},
  ): Promise<InterruptedWorker> {
    const file = await system.file(uniqueName('interruption'), later ? 'not yet' : '');
    const hook = fileURLToPath(new URL('interruption.mjs', import.meta.url));
    const worker = await system.startWorker({
      ...more,
      environment: {
        NODE_OPTIONS: `--import=${hook}`,
        SLUICE_TEST_INTERRUPTION: JSON.stringify({ ...interruption, nth, file }),
      },
    });
    return new InterruptedWorker(worker, file);
  }

  /** From now on it is interrupted. */
  arm(): void {
    writeFileSync(this.file, '');
  }

  /** Waits until the process has been killed or stopped where it should be. */
  async interrupted(): Promise<void> {
    await this.#says('interrupted');
  }

  /** Lets a stopped process go on, until the request at which it was stopped is over. */
  async goesOn(): Promise<void> {
    process.kill(this.process.pid, 'SIGCONT');
    await this.#says('answered');
  }

  async #says(what: string): Promise<void> {
    const hasSaid = () => readFileSync(this.file, 'utf8') === what || undefined;
    await until(`the worker was ${what}`, hasSaid).catch((error: Error) => {
      throw new Error(`${error.message}${this.process.lastLines()}`, { cause: error });
    });
  }
}
