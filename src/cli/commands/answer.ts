import type { GateOptions } from '../../client.js';
import { defined } from '../../domain/defined.js';
import type { AnswerCommand } from '../../domain/verbs.js';
import { answerAll, somebodyToAsk } from '../answering/answerAll.js';
import { type Answering, noneNamed } from '../answering/choices.js';
import { send } from '../answering/send.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import { answererOf } from '../origin/answerer.js';
import type { OutputFormat } from '../outputFormat.js';
import { named, onlyRunning, runOf, type Which } from '../which.js';
import { connected } from './connected.js';

export interface AnswerOptions extends Which, Omit<GateOptions, 'runId' | 'timeoutMs'> {
  /** Of `answer`: what a callback would say. */
  success?: boolean;
  /** Whether all that wait are answered. */
  all?: boolean;
  /** Whether that is done without a question. */
  yes?: boolean;
  output: OutputFormat;
}

/** `sluice deploy approve` and its like. It succeeds when the deployment has done what it says. */
export async function answer(
  command: AnswerCommand,
  { name, id, success, all = false, yes = false, output, ...options }: AnswerOptions,
  console: Console,
): Promise<ExitReason> {
  const which = defined({ name, id });
  const answering: Answering = { command, ...defined({ success }) };
  const said = { ...options, ...defined({ by: answererOf(options.by, console.environment) }) };
  const keyboard = all && !yes ? somebodyToAsk(console, output) : undefined;
  return connected(output, console, async (connection) => {
    if (all) return answerAll(connection, { ...answering, which, said, keyboard }, console);
    const { sluice, presenter } = connection;
    const run = (await named(sluice, which)) ?? (await onlyRunning(sluice));
    if (run === undefined) throw noneNamed(await sluice.gates(), answering, said.gate);
    const done = await send(sluice, answering, run.application, { ...said, ...runOf(run) });
    presenter.answered(done);
    return 'succeeded';
  });
}
