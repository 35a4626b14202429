import { upsertMemo } from '@temporalio/workflow';
import { type Markdown, marked } from '../../domain/markdownText.js';
import { shortText } from '../../domain/shortText.js';
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

function draw({ application, waiting, running }: WaitingList): Markdown {
  if (waiting === undefined) return marked`**${application}**: nothing waits.`;
  const { deploymentId, startedBy, queuedAt } = waiting.queued;
  const by = startedBy === undefined ? '' : `, queued by ${short(startedBy)}`;
  const until = short(running?.deploymentId ?? 'the one before it');
  return marked`**${application}**: deployment ${short(deploymentId)}${by} at ${queuedAt} waits until ${until} has ended. To take it out of the queue, cancel this workflow.`;
}

const MAX_SHOWN = 200;

/** Names come from whoever started what. */
function short(text: string): string {
  return shortText(text, MAX_SHOWN);
}
