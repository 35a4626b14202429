import { workerAwsEnvironment } from '../support/awsPlace.js';
import { SluiceProcess } from '../support/sluiceProcess.js';

/** `sluice worker`, or another command that knows AWS, in a process of its own. */
export class WorkerProcess extends SluiceProcess {
  constructor(environment: Record<string, string>, command: readonly string[] = ['worker']) {
    super(command, { ...workerAwsEnvironment(), ...environment });
  }
}
