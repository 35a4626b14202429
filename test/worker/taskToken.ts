import type { Client } from '@temporalio/client';

/** Temporal's numbers for the commands that are sent here. */
const SCHEDULE_ACTIVITY = 1;
const CANCEL_ACTIVITY = 2;

/**
 * An attempt of an activity, without a worker: what a worker would ask and answer is sent by the
 * test, so that it can look at the moments between.
 */
export class Attempt {
  private constructor(
    private readonly client: Client,
    private readonly name: string,
    readonly taskToken: Uint8Array,
  ) {}

  static async begin(client: Client, name: string): Promise<Attempt> {
    await client.workflow.start('any', { workflowId: name, taskQueue: name });
    await answerWorkflowTask(client, name, {
      commandType: SCHEDULE_ACTIVITY,
      scheduleActivityTaskCommandAttributes: {
        activityId: '1',
        activityType: { name: 'any' },
        taskQueue: { name },
        startToCloseTimeout: { seconds: seconds(60) },
        heartbeatTimeout: { seconds: seconds(60) },
      },
    });
    const task = await client.workflowService.pollActivityTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name },
    });
    return new Attempt(client, name, task.taskToken);
  }

  async cancel(): Promise<void> {
    await this.client.workflow.getHandle(this.name).signal('any');
    await answerWorkflowTask(this.client, this.name, {
      commandType: CANCEL_ACTIVITY,
      requestCancelActivityTaskCommandAttributes: { scheduledEventId: seconds(5) },
    });
  }
}

type Commands = NonNullable<
  Parameters<Client['workflowService']['respondWorkflowTaskCompleted']>[0]['commands']
>;

async function answerWorkflowTask(client: Client, name: string, command: Commands[number]) {
  const { namespace } = client.options;
  const { taskToken } = await client.workflowService.pollWorkflowTaskQueue({
    namespace,
    taskQueue: { name },
  });
  await client.workflowService.respondWorkflowTaskCompleted({
    namespace,
    taskToken,
    commands: [command],
  });
}

/** What protobuf takes for a 64-bit number, though its type says otherwise. */
function seconds(value: number): Long {
  return value as unknown as Long;
}

type Long = NonNullable<
  NonNullable<
    NonNullable<Commands[number]['scheduleActivityTaskCommandAttributes']>['startToCloseTimeout']
  >['seconds']
>;
