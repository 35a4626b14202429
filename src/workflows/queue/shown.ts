import { upsertMemo } from '@temporalio/workflow';
import { escaped, inOneLine } from '../../domain/markdown.js';
import { CurrentDetails } from '../temporal/currentDetails.js';
import type { WaitingList } from './waitingList.js';

/** Keeps what can be seen of a queue from outside as it is: its memo, and what the Temporal UI shows. */
export function showing(list: WaitingList): CurrentDetails {
  return new CurrentDetails(() => {
    const { waiting, released, dropped } = list.state;
    upsertMemo({ schemaVersion: 1, application: list.application, waiting, released, dropped });
    return draw(list);
  });
}

function draw({ application, waiting, running }: WaitingList): string {
  if (waiting === undefined) return `**${quoted(application)}**: nothing waits.`;
  const { deploymentId, startedBy, queuedAt } = waiting.queued;
  const by = startedBy === undefined ? '' : `, queued by ${quoted(startedBy)}`;
  const until = running?.deploymentId ?? 'the one before it';
  return [
    `**${quoted(application)}**: deployment ${quoted(deploymentId)}${by} at ${queuedAt}`,
    `waits until ${quoted(until)} has ended.`,
    'To take it out of the queue, cancel this workflow.',
  ].join(' ');
}

const MAX_QUOTED = 200;

/** Names come from whoever started what. */
function quoted(text: string): string {
  return escaped(inOneLine(text, MAX_QUOTED));
}
