import { workerAwsEnvironment } from '../support/awsPlace.js';
import { SluiceProcess } from '../support/sluiceProcess.js';

/** `sluice worker` in a process of its own. */
export class WorkerProcess extends SluiceProcess {
  constructor(environment: Record<string, string>) {
    super('worker', { ...workerAwsEnvironment(), ...environment });
  }
}
