import type { Diagnostic } from '../config/index.js';
import { SluiceError } from '../settings/sluiceError.js';
import type { DeploymentFacts, GateReport } from './report.js';

/** Another deployment of the application is running. */
export class ConflictError extends SluiceError {
  override readonly name = 'ConflictError';

  constructor(
    /** The deployment that is running. */
    readonly running: DeploymentFacts,
    options?: ErrorOptions,
  ) {
    super('conflict', conflictText(running), options);
  }
}

function conflictText(running: DeploymentFacts): string {
  const id = running.deploymentId === undefined ? '' : ` ${running.deploymentId}`;
  const by = running.startedBy === undefined ? '' : ` by ${running.startedBy}`;
  const from = running.commit === undefined ? '' : ` from commit ${running.commit}`;
  return (
    `A deployment of "${running.application}" is running already: deployment${id}, started` +
    `${by}${from} at ${running.startedAt}. One deployment of an application runs at a time: wait ` +
    `until it has ended, or look at it with \`sluice deploy status -n "${running.application}"\`.`
  );
}

/** Several gates could be meant, so nothing was done. */
export class SeveralGatesError extends SluiceError {
  override readonly name = 'SeveralGatesError';

  constructor(
    /** Those that are open, in the order of the file. */
    readonly gates: readonly GateReport[],
  ) {
    const lines = gates.map(({ id }) => `- ${id}`);
    super('ambiguous', ['Several gates are open. Name one of them:', ...lines].join('\n'));
  }
}

/** A deployment file that cannot be read, or that is not a deployment. */
export class InvalidFileError extends SluiceError {
  override readonly name = 'InvalidFileError';

  /**
   * @param render - writes the problems for a person, each with the line it is about
   */
  constructor(
    /** In the order of the file; empty when the file could not be read at all. */
    readonly diagnostics: readonly Diagnostic[],
    readonly render: (options: { colour: boolean }) => string,
    options?: ErrorOptions,
  ) {
    super('invalidFile', render({ colour: false }), options);
  }
}
