import {
  DefaultLogger,
  NativeConnection,
  Runtime,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { TASK_QUEUE } from '../../src/domain/names.js';
import type { MemoryLambda } from '../support/memoryLambda.js';
import { asTheWorkerHasThem } from '../support/asTheWorkerHasThem.js';
import { uniqueName } from '../support/names.js';
import { shared } from '../support/shared.js';
import { workerInThisThread, workflowBundle } from '../support/workflowBundle.js';

const quiet = new DefaultLogger('ERROR');

/** Workers of the real task queue in a namespace of the test's, with a Lambda in memory. */
export class LocalWorkers {
  private constructor(
    private readonly namespace: string,
    private readonly connection: NativeConnection,
    private readonly workflowBundle: WorkflowBundleOption,
  ) {}

  static async in(namespace: string): Promise<LocalWorkers> {
    Runtime.install({ logger: quiet, telemetryOptions: { logging: { forward: {} } } });
    const [connection, bundle] = await Promise.all([
      NativeConnection.connect({ address: shared.temporalAddress }),
      workflowBundle(),
    ]);
    return new LocalWorkers(namespace, connection, bundle);
  }

  /** Runs a worker while the body runs. */
  async with<Result>(lambda: MemoryLambda, body: () => Promise<Result>): Promise<Result> {
    const worker = await workerInThisThread({
      connection: this.connection,
      namespace: this.namespace,
      taskQueue: TASK_QUEUE,
      identity: uniqueName('worker'),
      workflowBundle: this.workflowBundle,
      activities: asTheWorkerHasThem(lambda.activities),
      maxHeartbeatThrottleInterval: '100ms',
    });
    return worker.runUntil(body);
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}
