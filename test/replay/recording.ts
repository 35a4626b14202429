import { ECRClient } from '@aws-sdk/client-ecr';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type Client, WithStartWorkflowOperation, type WorkflowHandle } from '@temporalio/client';
import { awsOptions, WORKER_ACCOUNT } from '../../dev/stack/awsOptions.js';
import { putPackage } from '../../dev/stack/buckets.js';
import { zipOf } from '../../dev/stack/packages.js';
import {
  DEPLOYMENT_WORKFLOW,
  deploymentWorkflowId,
  ENQUEUE_UPDATE,
  QUEUE_WORKFLOW,
  queueWorkflowId,
  targetWorkflowId,
  TASK_QUEUE,
} from '../../src/domain/names.js';
import type { Plan, TargetPlan } from '../../src/domain/plan.js';
import { ImageRepository } from '../support/imageRepository.js';
import { ACCOUNT, BUCKET, plan, REGION, REPOSITORY } from './recordedPlans.js';

/** The workflow ids of a recorded deployment, by what they are. */
export type Recorded = Record<string, string>;

export async function enqueue(client: Client, wanted: Plan): Promise<void> {
  await client.workflow.executeUpdateWithStart<() => Promise<void>, unknown, [object]>(
    ENQUEUE_UPDATE,
    {
      args: [{ plan: wanted, startedBy: 'ana' }],
      startWorkflowOperation: new WithStartWorkflowOperation(QUEUE_WORKFLOW, {
        workflowId: queueWorkflowId(wanted.application),
        taskQueue: TASK_QUEUE,
        workflowIdConflictPolicy: 'USE_EXISTING',
        args: [],
      }),
    },
  );
}

/** Where the images of the recorded functions lie. */
export function repository(awsEndpoint: string): Promise<ImageRepository> {
  const at = { account: ACCOUNT, region: REGION };
  const ecr = new ECRClient(awsOptions({ awsEndpoint, ...at }));
  return ImageRepository.make({ ...at, clients: { ecr } }, REPOSITORY);
}

export function targetOf(client: Client, { application }: Plan): WorkflowHandle {
  return client.workflow.getHandle(targetWorkflowId(application, 'one'));
}

export async function deploy(
  client: Client,
  application: string,
  targets: TargetPlan[],
): Promise<Recorded> {
  const wanted = plan(application, targets);
  return ended(await start(client, wanted), wanted);
}

export async function start(client: Client, wanted: Plan): Promise<WorkflowHandle> {
  return client.workflow.start(DEPLOYMENT_WORKFLOW, {
    taskQueue: TASK_QUEUE,
    workflowId: deploymentWorkflowId(wanted.application),
    args: [wanted],
  });
}

/** Waits for the end, and names the workflows that there were. */
export async function ended(handle: WorkflowHandle, wanted: Plan): Promise<Recorded> {
  await handle.result().catch(() => undefined);
  const recorded: Recorded = { deployment: handle.workflowId };
  for (const { name } of wanted.targets) {
    const id = targetWorkflowId(wanted.application, name);
    const exists = await handle.client
      .getHandle(id)
      .describe()
      .catch(() => undefined);
    if (exists !== undefined) recorded[`target-${name}`] = id;
  }
  return recorded;
}

export async function untilReleasing(target: WorkflowHandle): Promise<void> {
  for (;;) {
    const progress = await target
      .query<{ phase: string }>('status')
      .catch(() => ({ phase: 'not started' }));
    if (progress.phase === 'releasing') return;
    if (progress.phase === 'ended') throw new Error('It ended before it could be cancelled.');
  }
}

export async function put(awsEndpoint: string, text: string): Promise<void> {
  await putBytes(awsEndpoint, zipOf({ 'index.js': `exports.handler = async () => '${text}';` }));
}

export async function putBytes(awsEndpoint: string, bytes: Uint8Array): Promise<void> {
  const place = { awsEndpoint, account: ACCOUNT, region: REGION };
  await putPackage({ bucket: BUCKET, key: 'package.zip' }, bytes, place);
}

/** A secret of the worker's. */
export async function keepSecret(awsEndpoint: string, Name: string): Promise<void> {
  const options = awsOptions({ awsEndpoint, account: WORKER_ACCOUNT, region: REGION });
  const client = new SecretsManagerClient(options);
  await client.send(new CreateSecretCommand({ Name, SecretString: 'p4ssw0rd' }));
  client.destroy();
}
