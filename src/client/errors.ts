import { shortText } from '../domain/shortText.js';
import { type Dropped, droppedText, type Queued } from '../domain/queue.js';
import { deploymentWords } from '../domain/commands.js';
import type { Diagnostic, ParsedProblem } from '../config/index.js';
import type { TerminalText } from '../domain/terminalText.js';
import { SluiceError } from '../errors.js';
import type { DeploymentFacts, GateReport } from './report.js';

/** What stands against a start. */
export type Conflict = { running: DeploymentFacts } | { waiting: Queued } | { dropped: Dropped };

/** Another deployment of the application runs, or waits for its turn, or was started instead. */
export class ConflictError extends SluiceError {
  override readonly name = 'ConflictError';
  /** The deployment that runs, where one keeps the new one from starting. */
  readonly running?: DeploymentFacts;
  /** The deployment that waits for its turn. */
  readonly waiting?: Queued;
  /** What became of the deployment that was to be started, where it had been queued already. */
  readonly dropped?: Dropped;

  constructor(application: string, conflict: Conflict) {
    super('conflict', conflictText(application, conflict));
    Object.assign(this, conflict);
  }
}

function conflictText(application: string, conflict: Conflict): string {
  if ('dropped' in conflict) return droppedText(conflict.dropped);
  return 'waiting' in conflict
    ? waitsText(application, conflict.waiting)
    : runsText(conflict.running);
}

function waitsText(application: string, { deploymentId, startedBy, queuedAt }: Queued): string {
  const by = startedBy === undefined ? '' : ` by ${claimed(startedBy)}`;
  return (
    `A deployment of "${application}" waits for its turn already: deployment ${deploymentId}, ` +
    `queued${by} at ${queuedAt}. Wait until it has ended, take it out with \`sluice deploy cancel ` +
    `${deploymentWords({ application, deploymentId })}\`, or take its place with \`sluice deploy start --supersede\`.`
  );
}

function runsText(running: DeploymentFacts): string {
  const { application } = running;
  return (
    `${runningText(running)} One deployment of an application runs at a time: wait ` +
    `until it has ended, or look at it with \`sluice deploy status ${deploymentWords({ application })}\`.`
  );
}

/** Which deployment runs, who started it and when, in a sentence. */
export function runningText(running: DeploymentFacts): string {
  const id = running.deploymentId === undefined ? '' : ` ${claimed(running.deploymentId)}`;
  const by = running.startedBy === undefined ? '' : ` by ${claimed(running.startedBy)}`;
  const from = running.commit === undefined ? '' : ` from commit ${claimed(running.commit)}`;
  return (
    `A deployment of "${running.application}" is running already: deployment${id}, started` +
    `${by}${from} at ${running.startedAt}.`
  );
}

const MAX_CLAIMED = 200;

/** What somebody else said, or typed, in a sentence: in one line, and cut. */
export function claimed(text: string): string {
  return shortText(text, MAX_CLAIMED);
}

/** Several gates could be meant, so nothing was done. */
export class SeveralGatesError extends SluiceError {
  override readonly name = 'SeveralGatesError';

  constructor(
    /** Those that are open, in the order of the file. */
    readonly gates: readonly GateReport[],
    message = `Several gates are open. Name one of them: ${gates.map(({ id }) => id).join(', ')}.`,
  ) {
    super('ambiguous', message);
  }
}

/** A deployment file that cannot be read, or that is not a deployment. */
export class InvalidFileError extends SluiceError {
  override readonly name = 'InvalidFileError';

  /** @internal The problems for a person, fit for a terminal. */
  readonly rendered: (options: { colour: boolean }) => TerminalText;

  /** @internal */
  constructor(
    /** In the order of the file; empty when the file could not be read at all. */
    readonly diagnostics: readonly Diagnostic[],
    rendered: (options: { colour: boolean }) => TerminalText,
    options?: ErrorOptions,
  ) {
    super('invalidFile', rendered({ colour: false }).text, options);
    this.rendered = rendered;
  }

  /** Writes the problems for a person, each with the line it is about. */
  render(options: { colour: boolean }): string {
    return this.rendered(options).text;
  }
}

/** A parsed deployment, given as an object, that is no deployment. */
export class InvalidDeploymentError extends SluiceError {
  override readonly name = 'InvalidDeploymentError';

  constructor(
    /** Each with a path instead of a line, warnings too. */
    readonly problems: readonly ParsedProblem[],
  ) {
    const errors = problems.filter(({ severity }) => severity === 'error');
    const lines = errors.slice(0, MAX_LINES).map((error) => `- ${problemText(error)}`);
    const more = errors.length - lines.length;
    const rest = more > 0 ? [`There are ${more} more.`] : [];
    super('invalidFile', ['The object is not a deployment:', ...lines, ...rest].join('\n'));
  }
}

/** How many problems a message names. */
const MAX_LINES = 50;

function problemText({ path, message, remedy }: ParsedProblem): string {
  const place = path === undefined || message.startsWith(path) ? '' : `${path}: `;
  return `${place}${message} ${remedy}`;
}
