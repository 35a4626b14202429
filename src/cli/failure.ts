import { ConflictError, InvalidFileError, SeveralGatesError } from '../client/errors.js';
import { defined } from '../domain/defined.js';
import { terminal, TerminalText } from '../domain/terminalText.js';
import { messageOf, SluiceError } from '../errors.js';
import { type Environment, variable } from '../settings/environment.js';
import type { Console } from './console.js';
import type { OutputFormat } from './outputFormat.js';
import { encodingOf } from './presenter/encoding.js';
import { EXIT_CODES, type ExitReason, exitReasonOfError } from './exitCodes.js';

/** Says why a command could not do its work, in sentences and never with a stack. */
export async function sayFailure(
  error: unknown,
  console: Console,
  format: OutputFormat,
): Promise<ExitReason> {
  const reason = error instanceof SluiceError ? exitReasonOfError(error.code) : 'internal';
  console.err(terminal`${textOf(error, console)}\n`);
  if (format === 'text') return reason;
  const encode = await encodingOf(format);
  console.out(encode(objectOf(error, reason, console)));
  return reason;
}

/** What went wrong, in sentences; of what nobody expected, with how to find out more. */
export function textOf(
  error: unknown,
  { colours, environment }: Pick<Console, 'colours' | 'environment'>,
): TerminalText {
  if (!(error instanceof SluiceError)) return TerminalText.of(unexpected(error, environment));
  if (error instanceof InvalidFileError) return error.rendered({ colour: colours });
  const { cause, message } = error;
  if (!isDebugging(environment) || !(cause instanceof Error)) return TerminalText.of(message);
  return terminal`${message}\nCaused by: ${stackOf(cause)}`;
}

function unexpected(error: unknown, environment: Environment): string {
  if (isDebugging(environment) && error instanceof Error) return stackOf(error);
  const message = messageOf(error).replace(/\.$/, '');
  return `An unexpected error: ${message}. Set SLUICE_DEBUG=1 to see where it comes from.`;
}

function isDebugging(environment: Environment): boolean {
  return variable(environment, 'SLUICE_DEBUG') !== undefined;
}

/** With the causes: the SDK puts what happened there. Only their stacks, never other fields. */
function stackOf(error: Error): string {
  const stack = error.stack ?? error.message;
  return error.cause instanceof Error ? `${stack}\nCaused by: ${stackOf(error.cause)}` : stack;
}

function conflictOf({ running, waiting, dropped }: ConflictError): object {
  return defined({ running, waiting, dropped });
}

function objectOf(error: unknown, reason: ExitReason, console: Console): object {
  return {
    schemaVersion: 1,
    type: 'error',
    at: console.now().toISOString(),
    code: error instanceof SluiceError ? error.code : 'internal',
    message: messageOf(error),
    ...(error instanceof InvalidFileError && { diagnostics: error.diagnostics }),
    ...(error instanceof ConflictError && conflictOf(error)),
    ...(error instanceof SeveralGatesError && { gates: error.gates }),
    exitCode: EXIT_CODES[reason].code,
  };
}
