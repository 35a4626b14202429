/**
 * What can keep a command, a client or a worker from doing its work, apart from the deployment
 * itself. Codes are stable; the messages are for people.
 */
export const ERROR_CODES = {
  unreachable: 'Temporal does not answer at its address, or refuses the connection.',
  namespaceNotFound: 'Temporal has no such namespace.',
  invalidConnection: "Temporal's connection settings cannot be read.",
  invalidSettings: "The worker's settings or an environment variable cannot be used.",
  invalidFile: 'The deployment file cannot be read or is not a deployment.',
  invalidPlan: 'The plan is not one that can be deployed.',
  invalidArguments: 'What a command is asked for does not fit the deployment file.',
  conflict: 'A deployment of the application runs or waits already.',
  notFound: 'There is no such deployment.',
  ambiguous: 'Several deployments or gates fit, and none of them is named.',
  notAccepted: 'The deployment does not take the request, for the reason that the message gives.',
  unanswered: 'No worker has answered, so the request may not have been carried out.',
  noOutcome: 'The deployment ended without an outcome, because it was terminated.',
  notBuilt: 'A part of Sluice has not been built.',
  addressInUse: 'A process cannot listen at an address it was given.',
  stackFailed: 'CloudFormation did not deploy the stack.',
  workerFailed: 'The worker stopped because of an error.',
} as const;

/** For scripts: codes are stable. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** An error whose message is whole sentences for a person: what happened, and how to mend it. */
export class SluiceError extends Error {
  override readonly name: string = 'SluiceError';

  /**
   * @param code - stable, for scripts
   * @param message - one or more sentences
   */
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Whether an error says that there is no such thing. */
export function isNotFound(error: unknown): boolean {
  return error instanceof SluiceError && error.code === 'notFound';
}

/** The text of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
