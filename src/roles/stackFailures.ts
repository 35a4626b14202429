import {
  DescribeStackEventsCommand,
  type CloudFormationClient,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { SluiceError } from '../errors.js';

/** What CloudFormation says of resources that it gave up because of another one. */
const COLLATERAL = /^Resource (creation|update) cancelled/;

/**
 * Why a stack failed: what CloudFormation tells of each resource that did, in the order in which it
 * happened.
 */
export async function stackFailure(
  client: CloudFormationClient,
  { id, name, status }: { id: string; name: string; status: string },
): Promise<SluiceError> {
  // The newest come first, and a role has few.
  const { StackEvents: events = [] } = await client.send(
    new DescribeStackEventsCommand({ StackName: id }),
  );
  const begin = events.findIndex((event) => isBegin(event, id));
  const reasons = events
    .slice(0, begin < 0 ? undefined : begin)
    .filter(isCause)
    .reverse()
    .map(sentence);
  const told = reasons.length === 0 ? ' and gives no reason.' : `:\n${reasons.join('\n')}`;
  return new SluiceError(
    'stackFailed',
    `CloudFormation could not deploy the stack ${name} (${status})${told}`,
  );
}

function isBegin({ PhysicalResourceId, ResourceStatus }: StackEvent, id: string): boolean {
  return PhysicalResourceId === id && /^(CREATE|UPDATE)_IN_PROGRESS$/.test(ResourceStatus ?? '');
}

function isCause({ ResourceStatus: status, ResourceStatusReason: reason }: StackEvent): boolean {
  const hasFailed = status?.endsWith('_FAILED') ?? false;
  return hasFailed && reason !== undefined && !COLLATERAL.test(reason);
}

function sentence({ LogicalResourceId, ResourceType, ResourceStatusReason }: StackEvent): string {
  const reason = (ResourceStatusReason ?? '').trim().replace(/\.$/, '');
  return `- ${LogicalResourceId ?? 'a resource'} (${ResourceType ?? 'of a type unknown'}): ${reason}.`;
}
