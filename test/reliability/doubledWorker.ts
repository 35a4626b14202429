import { Client, type Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { activityFailure } from '../../src/activities/awsFailure.js';
import { createActivities, type Activities } from '../../src/activities/createActivities.js';
import type { VersionedSecrets } from '../../src/activities/secrets/secretStore.js';
import { TASK_QUEUE } from '../../src/domain/names.js';
import { createConfirmation } from '../../src/worker/confirmations.js';
import { DEPENDENCIES } from '../support/activityBench.js';
import { workerAwsEnvironment } from '../support/awsPlace.js';
import { shared } from '../support/shared.js';
import { workflowBundle } from '../support/workflowBundle.js';
import { FILLED_IN } from './scene.js';

const quiet = new DefaultLogger('ERROR');

/** Other systems say no: what they really do is tested elsewhere. */
const NO: Pick<Activities, 'callWebhook' | 'measure'> = {
  callWebhook: () => refuse('webhookFailed', 'The tests failed.'),
  measure: () => refuse('analysisFailed', 'Too many errors.'),
};

function refuse(code: 'webhookFailed' | 'analysisFailed', message: string): Promise<never> {
  return Promise.reject(activityFailure({ code, message }, { retryable: false }));
}

/** Every secret of a scene. */
const SECRETS: VersionedSecrets = {
  get: () => Promise.resolve(FILLED_IN),
  versionOf: () => Promise.resolve('1'),
};

/** A worker in this process, with the real activities and the doubles. */
export class DoubledWorker {
  private constructor(
    private readonly connection: NativeConnection,
    private readonly worker: Worker,
    private readonly running: Promise<void>,
  ) {}

  static async start(namespace: string, awsEndpoint: string): Promise<DoubledWorker> {
    Runtime.install({ logger: quiet });
    Object.assign(process.env, workerAwsEnvironment(), { AWS_ENDPOINT_URL: awsEndpoint });
    const connection = await NativeConnection.connect({ address: shared.temporalAddress });
    const client = new Client({ connection: connection as unknown as Connection, namespace });
    const worker = await Worker.create({
      connection,
      namespace,
      taskQueue: TASK_QUEUE,
      workflowBundle: await workflowBundle(),
      activities: {
        ...createActivities({
          ...DEPENDENCIES,
          secrets: SECRETS,
          requestsPerSecond: 12,
          confirmCurrent: createConfirmation(client),
        }),
        ...NO,
      },
      maxHeartbeatThrottleInterval: '1s',
    });
    return new DoubledWorker(connection, worker, worker.run());
  }

  async stop(): Promise<void> {
    this.worker.shutdown();
    await this.running;
    await this.connection.close();
  }
}
