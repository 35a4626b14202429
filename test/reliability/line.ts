import type { Client, WorkflowHandle } from '@temporalio/client';
import { expect } from '@jest/globals';
import { connect, type QueuedDeployment, type Sluice, SluiceError } from '../../src/client.js';
import { deploymentWorkflowId, queueWorkflowId, targetWorkflowId } from '../../src/domain/names.js';
import type { BeforeStep, Plan, Step } from '../../src/domain/plan.js';
import { uniqueName } from '../support/names.js';
import { untilOpen } from '../support/operator.js';
import { startNow } from '../support/startNow.js';
import type { System } from '../support/system.js';
import { until } from '../support/until.js';
import { expectInvariants } from './invariants.js';
import { Scene } from './scene.js';

const AT_ONCE: Step[] = [{ type: 'setWeight', weight: 100 }];
const APPROVAL: BeforeStep = { type: 'approval' };

/** How a line differs from the others. */
export interface LineOptions {
  /** The first has a quarter of the traffic where it waits, instead of having changed nothing. */
  canary?: boolean;
  /** The newest waits for an approval before it changes anything. */
  held?: boolean;
}

/**
 * Deployments of one application that stand in line: the first runs until it is answered. What each
 * makes of the function differs, so that it shows which ran.
 */
export class Line {
  readonly first: Plan;
  /** It waits, and then the newest takes its place. */
  readonly older: Plan;
  readonly newest: Plan;

  private constructor(
    readonly scene: Scene,
    readonly sluice: Sluice,
    /** A client whose connection may break. */
    readonly breakable: Sluice,
    private readonly client: Client,
    { canary = false, held = false }: LineOptions,
  ) {
    const constraints = (beforeDeployment: BeforeStep[]) => ({ beforeDeployment });
    const application = uniqueName('shop');
    const more = { application, ifDeploymentInProgress: 'enqueueOne' as const };
    const steps: Step[] = canary ? [{ type: 'setWeight', weight: 25 }, APPROVAL] : AT_ONCE;
    this.first = withMemory(scene.plan(constraints(canary ? [] : [APPROVAL]), steps, more), 2048);
    this.older = withMemory(scene.plan({}, AT_ONCE, more), 1024);
    this.newest = scene.plan(constraints(held ? [APPROVAL] : []), AT_ONCE, more);
  }

  /**
   * Starts the first. A worker has to run.
   *
   * @param address - of Temporal, for a client whose connection may break
   */
  static async form(
    { temporal, client }: System,
    address: string,
    options: LineOptions = {},
  ): Promise<Line> {
    const scene = await Scene.make('with an alias', 'line');
    const sluice = await connect(temporal);
    const line = new Line(scene, sluice, await connect({ ...temporal, address }), client, options);
    await startNow(line.sluice, { plan: line.first });
    await untilOpen(line.target, options.canary === true ? 'prod/steps/2' : 'prod/before/1');
    return line;
  }

  get application(): string {
    return this.newest.application;
  }

  get queueId(): string {
    return queueWorkflowId(this.application);
  }

  /** Of the deployment that runs now. */
  get target(): WorkflowHandle {
    return this.client.workflow.getHandle(targetWorkflowId(this.application, 'prod'));
  }

  get deployment(): WorkflowHandle {
    return this.client.workflow.getHandle(deploymentWorkflowId(this.application));
  }

  /**
   * Queues a deployment, as a job does: where no worker answers in time, it asks again.
   *
   * @returns as soon as it is known to wait
   */
  async queue(plan: Plan): Promise<QueuedDeployment> {
    const accepted = await until('it was queued', () =>
      this.sluice.start({ plan }).catch(unlessUnanswered),
    );
    if (accepted.state === 'queued') return accepted;
    throw new Error('It was started.');
  }

  /** The first ends without having changed anything. */
  async endFirst(): Promise<void> {
    await this.target.signal('reject');
  }

  /** Waits until something else than the first runs, or has. */
  async untilNext(): Promise<void> {
    await until('the next ran', async () => {
      const { deploymentId } = await this.sluice.facts(this.application);
      return deploymentId === this.first.deploymentId ? undefined : deploymentId;
    });
  }

  /** Nothing waits any more, and nobody is there who could start something. */
  async untilQueueEnded(): Promise<void> {
    await until('the queue had ended', async () => {
      const { status } = await this.client.workflow.getHandle(this.queueId).describe();
      return status.name === 'RUNNING' ? undefined : status.name;
    });
  }

  /** The newest has run, once, after the first, and nothing else has. */
  async expectNewestRanOnce(): Promise<void> {
    await this.untilNext();
    const { deploymentId } = this.newest;
    expect(await this.sluice.result(this.application)).toMatchObject({
      status: 'succeeded',
      deploymentId,
    });
    await this.untilQueueEnded();
    expect(await this.ran()).toEqual([this.first.deploymentId, deploymentId]);
    expect(await this.scene.isNew()).toBe(true);
    await expectInvariants(this.scene, { arriveLate: false });
  }

  /** Whoever queued it is told that the newest has its place, and nothing of it ran. */
  async expectOlderReplaced(): Promise<void> {
    const { application, older, newest } = this;
    const turn = await this.sluice.untilReleased({
      application,
      deploymentId: older.deploymentId,
    });
    expect(turn).toMatchObject({
      dropped: { reason: 'replaced', by: { deploymentId: newest.deploymentId } },
    });
  }

  /** All that has run of the application, in order. Lists know of a run a little later. */
  async ran(): Promise<(string | undefined)[]> {
    const { runId: latest } = await this.sluice.facts(this.application);
    return until('the last run was listed', async () => {
      const found = [];
      for await (const one of this.sluice.history(this.application)) found.push(one);
      if (!found.some(({ runId }) => runId === latest)) return undefined;
      return found.reverse().map(({ deploymentId }) => deploymentId);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.sluice.close(), this.breakable.close()]);
  }
}

function withMemory(plan: Plan, memorySize: number): Plan {
  const targets = plan.targets.map((target) => ({
    ...target,
    functions: target.functions.map((one) => ({
      ...one,
      settings: { ...one.settings, memorySize },
    })),
  }));
  return { ...plan, targets };
}

function unlessUnanswered(error: unknown): undefined {
  if (!(error instanceof SluiceError && error.code === 'unanswered')) throw error;
}
