import type { Link } from '../link.js';
import {
  ANSWER_TIMEOUT_MS,
  type Answered,
  answered,
  type AnsweredRun,
  type Answerer,
  hasEnded,
  runToAnswer,
} from './answer.js';
import { assertPolled, sendUpdate } from './update.js';

/** What is to go back. */
export interface RollbackOptions extends Omit<Answerer, 'role'>, AnsweredRun {
  /**
   * Only this target.
   *
   * @default every target that has not ended
   */
  target?: string;
}

/** @throws SluiceError `notAccepted`, `unanswered` or `notFound` */
export async function rollBack(
  link: Link,
  application: string,
  { runId, timeoutMs = ANSWER_TIMEOUT_MS, ...message }: RollbackOptions,
): Promise<Answered> {
  const run = await runToAnswer(link, application, runId);
  await assertPolled(link);
  const ended = hasEnded(run).message;
  const done = await sendUpdate(link, run, { verb: 'rollback', message, timeoutMs, ended });
  return answered(run, { verb: 'rollback', gates: [], done });
}
