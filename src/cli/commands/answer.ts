import { type Answered, type GateOptions, SeveralGatesError, type Sluice } from '../../client.js';
import { defined } from '../../domain/defined.js';
import { type AnswerCommand, verbOf } from '../../domain/verbs.js';
import type { SluiceError } from '../../errors.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import { answererOf } from '../origin/answerer.js';
import type { OutputFormat } from '../outputFormat.js';
import { oneLine } from '../view/text.js';
import { indented, namedOrOnly, runOf, type Which } from '../which.js';
import { connected } from './connected.js';

export interface AnswerOptions extends Which {
  gate?: string;
  by?: string;
  role?: string;
  comment?: string;
  output: OutputFormat;
}

/** `sluice deploy approve` and its like. It succeeds when the deployment has done what it says. */
export async function answer(
  command: AnswerCommand,
  { name, id, output, ...options }: AnswerOptions,
  console: Console,
): Promise<ExitReason> {
  return connected(output, console, async ({ sluice, presenter }) => {
    const run = await namedOrOnly(sluice, { name, id }, `deploy ${command}`);
    const by = answererOf(options.by, console.environment);
    const given = { ...options, ...runOf(run), ...defined({ by }) };
    presenter.answered(await send(sluice, command, run.application, given));
    return 'succeeded';
  });
}

async function send(
  sluice: Sluice,
  command: AnswerCommand,
  application: string,
  options: GateOptions,
): Promise<Answered> {
  try {
    return await sluice[command](application, options);
  } catch (error) {
    throw error instanceof SeveralGatesError ? withCommands(error, command) : error;
  }
}

/** The commands of the gates themselves: each names the deployment and the gate. */
function withCommands(error: SeveralGatesError, command: AnswerCommand): SluiceError {
  const signal = verbOf(command);
  const commands = error.gates.map(({ id, answers }) => {
    const own = answers.find((one) => one.signal === signal);
    return oneLine(own?.sluice ?? `--gate ${id}`);
  });
  return new SeveralGatesError(
    error.gates,
    ['Several gates are open. Name the one you mean:', ...commands.map(indented)].join('\n'),
  );
}
