import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync } from 'node:fs';
import type { WorkflowHandle } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  DefaultLogger,
  Runtime,
  Worker,
  type WorkerOptions,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { executable, tools } from '../../dev/setup/tools.js';
import {
  DEPLOYMENT_WORKFLOW,
  deploymentWorkflowId,
  PREFLIGHT_WORKFLOW,
  preflightWorkflowId,
  targetWorkflowId,
} from '../../src/domain/names.js';
import type { DeploymentOutcome, TargetOutcome } from '../../src/domain/outcomes.js';
import type { Plan } from '../../src/domain/plan.js';
import type { PreflightResult } from '../../src/domain/preflight.js';
import { asTheWorkerHasThem } from './asTheWorkerHasThem.js';
import { uniqueName } from './names.js';
import { outcomeOf } from './outcomes.js';
import type { MemoryLambda } from './memoryLambda.js';
import { type Shared, shared } from './shared.js';
import { workerInThisThread, workflowBundle } from './workflowBundle.js';

const quiet = new DefaultLogger('ERROR');

const fromExisting =
  ({ temporalAddress, namespace }: Pick<Shared, 'temporalAddress' | 'namespace'>) =>
  () =>
    TestWorkflowEnvironment.createFromExistingServer({ address: temporalAddress, namespace });

/** The workflows on a real server, with activities of the test's choice. */
export class WorkflowServer {
  #lastTaskQueue = '';
  readonly #taskQueues = new AsyncLocalStorage<string>();

  private constructor(
    readonly env: TestWorkflowEnvironment,
    private readonly workflowBundle: WorkflowBundleOption,
    private readonly workers: Partial<WorkerOptions>,
    private readonly createWorker: (options: WorkerOptions) => Promise<Worker>,
  ) {}

  /**
   * Of its own for every worker, so that a test that hangs does not hang the next one: that of the
   * worker that runs while a test's body does, of several side by side, or of the last one.
   */
  get taskQueue(): string {
    return this.#taskQueues.getStore() ?? this.#lastTaskQueue;
  }

  /** A server that skips time. It does not enforce parent close policies. */
  static async thatSkipsTime(): Promise<WorkflowServer> {
    const path = executable(tools.timeSkippingServer);
    // Without a package for this platform the SDK downloads it.
    const server = existsSync(path) ? { executable: { type: 'existing-path' as const, path } } : {};
    // Without a cache every task replays the whole history, and the next worker finds the work
    // where this one has left it: this server waits long for a worker that is gone.
    return WorkflowServer.#start(
      { maxCachedWorkflows: 0 },
      () => TestWorkflowEnvironment.createTimeSkipping({ server }),
      workerInThisThread,
    );
  }

  /** The development server that the tests share, which is the real one in everything but scale. */
  static async shared(workers: Partial<WorkerOptions> = {}): Promise<WorkflowServer> {
    return WorkflowServer.#start(workers, fromExisting(shared), workerInThisThread);
  }

  /**
   * A development server that runs already.
   *
   * @param maxCachedWorkflows - of a worker; what is not cached is replayed for every task
   */
  static async at(
    address: string,
    namespace: string,
    maxCachedWorkflows: number,
  ): Promise<WorkflowServer> {
    return WorkflowServer.#start(
      { maxCachedWorkflows },
      fromExisting({ temporalAddress: address, namespace }),
    );
  }

  static async #start(
    workers: Partial<WorkerOptions>,
    connect: () => Promise<TestWorkflowEnvironment>,
    createWorker = (options: WorkerOptions) => Worker.create(options),
  ): Promise<WorkflowServer> {
    Runtime.install({ logger: quiet });
    const [env, bundle] = await Promise.all([connect(), workflowBundle()]);
    return new WorkflowServer(env, bundle, workers, createWorker);
  }

  /**
   * Runs a worker with these activities while the test's body runs.
   *
   * @param taskQueue - that of an earlier worker, whose work this one goes on with
   */
  async with<Result>(
    lambda: Pick<MemoryLambda, 'activities'>,
    body: () => Promise<Result>,
    taskQueue = uniqueName('tests'),
  ): Promise<Result> {
    this.#lastTaskQueue = taskQueue;
    const worker = await this.createWorker({
      connection: this.env.nativeConnection,
      taskQueue,
      workflowBundle: this.workflowBundle,
      activities: asTheWorkerHasThem(lambda.activities),
      maxHeartbeatThrottleInterval: '100ms',
      ...this.workers,
    });
    return this.#taskQueues.run(taskQueue, () => worker.runUntil(body));
  }

  async start(plan: Plan): Promise<WorkflowHandle> {
    return this.env.client.workflow.start(DEPLOYMENT_WORKFLOW, {
      taskQueue: this.taskQueue,
      workflowId: deploymentWorkflowId(plan.application),
      args: [plan],
    });
  }

  /** Starts a deployment and waits for its outcome, whether it succeeds or fails. */
  async deploy(plan: Plan): Promise<DeploymentOutcome> {
    return outcomeOf(await this.start(plan));
  }

  /** What a deployment would change. */
  async preflight(plan: Plan): Promise<PreflightResult> {
    return (await this.env.client.workflow.execute(PREFLIGHT_WORKFLOW, {
      taskQueue: this.taskQueue,
      workflowId: preflightWorkflowId(plan.application, plan.deploymentId),
      args: [plan],
    })) as PreflightResult;
  }

  async targetOutcome(plan: Plan, target: string): Promise<TargetOutcome> {
    const id = targetWorkflowId(plan.application, target);
    return this.env.client.workflow.getHandle(id).result() as Promise<TargetOutcome>;
  }

  target(plan: Plan, target: string): WorkflowHandle {
    return this.env.client.workflow.getHandle(targetWorkflowId(plan.application, target));
  }

  async stop(): Promise<void> {
    await this.env.teardown();
  }
}
