import { defined } from '../domain/defined.js';
import { DROP_REASONS, type Dropped, type Queued, type Released } from '../domain/queue.js';
import { MAX_COMMENT, textIn } from '../domain/shortText.js';

/** What a queue's memo says. */
export interface QueueMemo {
  /** The one that waits. */
  waiting?: Queued;
  /** The last that left it to run. */
  released: Released[];
  /** The last that left it otherwise. */
  dropped: Dropped[];
}

type Fields = Record<string, unknown>;

/** Makes sense of a memo. Whoever can start workflows can write any. */
export function readQueueMemo({ waiting, released, dropped }: Fields = {}): QueueMemo {
  return {
    ...defined({ waiting: queuedIn(fieldsOf(waiting)) }),
    released: entriesOf(released).flatMap((one) => releasedIn(one) ?? []),
    dropped: entriesOf(dropped).flatMap((one) => droppedIn(one) ?? []),
  };
}

function queuedIn({ deploymentId, queuedAt, startedBy, commit }: Fields): Queued | undefined {
  const id = textIn(deploymentId);
  if (id === undefined) return undefined;
  return {
    deploymentId: id,
    queuedAt: textIn(queuedAt) ?? '',
    ...defined({ startedBy: textIn(startedBy), commit: textIn(commit) }),
  };
}

function releasedIn({ deploymentId, runId }: Fields): Released | undefined {
  const id = textIn(deploymentId);
  const run = textIn(runId);
  return id === undefined || run === undefined ? undefined : { deploymentId: id, runId: run };
}

function droppedIn(entry: Fields): Dropped | undefined {
  const queued = queuedIn(entry);
  const reason = DROP_REASONS.find((known) => known === entry['reason']);
  if (queued === undefined || reason === undefined) return undefined;
  const { deploymentId, startedBy, comment } = fieldsOf(entry['by']);
  const by = defined({
    deploymentId: textIn(deploymentId),
    startedBy: textIn(startedBy),
    comment: textIn(comment, MAX_COMMENT),
  });
  return {
    ...queued,
    reason,
    ...(entry['by'] !== undefined && { by }),
    droppedAt: textIn(entry['droppedAt']) ?? '',
  };
}

function entriesOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
