import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  type Stack,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { SluiceError } from '../errors.js';
import { stackFailure } from './stackFailures.js';
import { ROLE_ARN_OUTPUT } from './template.js';

export interface StackOrder {
  name: string;
  template: string;
}

export interface DeployedStack {
  result: 'created' | 'updated' | 'unchanged';
  roleArn: string;
}

/** It tells a stack of this command's from others, whose resources an update would delete. */
const TAG = { Key: 'sluice', Value: 'deploy-role' };

/** Between two looks at a stack, in milliseconds. A role takes CloudFormation half a minute. */
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 4000;

/**
 * Creates or updates the stack, and waits until CloudFormation has carried it out.
 *
 * @param tell - is told what is waited for
 * @throws SluiceError `stackFailed` with CloudFormation's reasons, `invalidArguments` when there is
 *   a stack of that name that is not to be updated
 */
export async function createOrUpdate(
  client: CloudFormationClient,
  order: StackOrder,
  tell: (doing: string) => void,
): Promise<DeployedStack> {
  const before = await find(client, order.name);
  if (before === undefined) {
    tell(`Creating the stack ${order.name}`);
    return {
      result: 'created',
      roleArn: await settled(client, order, await create(client, order)),
    };
  }
  assertUsable(before);
  const id = await update(client, order);
  if (id === undefined) return { result: 'unchanged', roleArn: roleArnOf(before) };
  tell(`Updating the stack ${order.name}`);
  return { result: 'updated', roleArn: await settled(client, order, id) };
}

function inputOf({ name, template }: StackOrder) {
  // The role has a name of its own.
  const capabilities = ['CAPABILITY_NAMED_IAM' as const];
  return { StackName: name, TemplateBody: template, Capabilities: capabilities, Tags: [TAG] };
}

/** What cannot be created leaves nothing behind that would be in the way of the next attempt. */
async function create(client: CloudFormationClient, order: StackOrder): Promise<string> {
  const command = new CreateStackCommand({ ...inputOf(order), OnFailure: 'DELETE' });
  return (await client.send(command)).StackId ?? order.name;
}

/** Undefined when the stack is as it shall be. */
async function update(
  client: CloudFormationClient,
  order: StackOrder,
): Promise<string | undefined> {
  try {
    const { StackId = order.name } = await client.send(new UpdateStackCommand(inputOf(order)));
    return StackId;
  } catch (error) {
    if (isValidation(error, /^No updates are to be performed/)) return undefined;
    throw error;
  }
}

async function find(client: CloudFormationClient, name: string): Promise<Stack | undefined> {
  try {
    const { Stacks: [stack] = [] } = await client.send(
      new DescribeStacksCommand({ StackName: name }),
    );
    return stack;
  } catch (error) {
    if (isValidation(error, /does not exist/)) return undefined;
    throw error;
  }
}

/** CloudFormation has one error for both of these, and only the text tells them from others. */
function isValidation(error: unknown, message: RegExp): boolean {
  return error instanceof Error && error.name === 'ValidationError' && message.test(error.message);
}

function assertUsable(stack: Stack): void {
  const problem = problemOf(stack);
  if (problem === undefined) return;
  throw new SluiceError(
    'invalidArguments',
    `The stack ${stack.StackName ?? ''} is there, and ${problem}.`,
  );
}

function problemOf({ StackStatus: status = 'CREATE_COMPLETE', Tags = [] }: Stack) {
  if (!Tags.some(({ Key, Value }) => Key === TAG.Key && Value === TAG.Value)) {
    return 'was not made by this command, and would lose what it has: use another --stack-name';
  }
  if (status.endsWith('_IN_PROGRESS')) {
    return `is being changed (${status}): wait until that is done`;
  }
  const isBroken = status.endsWith('_FAILED') || status === 'ROLLBACK_COMPLETE';
  return isBroken ? `cannot be updated (${status}): delete it first` : undefined;
}

/** The role's ARN, once CloudFormation is done. */
async function settled(
  client: CloudFormationClient,
  { name }: StackOrder,
  id: string,
): Promise<string> {
  for (let delay = FIRST_DELAY_MS; ; delay = Math.min(LONGEST_DELAY_MS, 2 * delay)) {
    const stack = await find(client, id);
    const status = stack?.StackStatus ?? 'DELETE_COMPLETE';
    if (stack !== undefined && /^(CREATE|UPDATE)_COMPLETE$/.test(status)) return roleArnOf(stack);
    if (!status.endsWith('_IN_PROGRESS')) throw await stackFailure(client, { id, name, status });
    await sleep(delay);
  }
}

function roleArnOf({ Outputs = [] }: Stack): string {
  return Outputs.find(({ OutputKey }) => OutputKey === ROLE_ARN_OUTPUT)?.OutputValue ?? '';
}
