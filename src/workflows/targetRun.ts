import { setCurrentDetails } from '@temporalio/workflow';
import { failureSentence, type Failure } from '../domain/failures.js';
import type { TargetOutcome } from '../domain/outcomes.js';
import type { TargetPhase, TargetProgress } from '../domain/status.js';
import type { TargetInput } from '../domain/target.js';
import { FunctionRun } from './functionRun.js';

/** The present state of a target's deployment, for its status and for a person in the Temporal UI. */
export class TargetRun {
  readonly functions: FunctionRun[];
  readonly warnings: Failure[] = [];
  readonly startedAt = new Date().toISOString();
  /** What operators asked for by signals. */
  readonly asked = { retry: false, abandon: false };
  #phase: TargetPhase = 'checking';
  #activity = '';
  #problem: Failure | undefined;
  #outcome: TargetOutcome | undefined;

  constructor(readonly input: TargetInput) {
    this.functions = input.functions.map((given) => new FunctionRun(input, given));
  }

  /** Whether the deployment may have written anything. */
  get written(): boolean {
    return this.functions.some((run) => run.written);
  }

  /** Only a rollback that cannot go on may be abandoned. */
  get rollbackIsStuck(): boolean {
    return this.#phase === 'rollbackStuck';
  }

  say(phase: TargetPhase, activity: string): void {
    this.#phase = phase;
    this.#activity = activity;
    this.#problem = undefined;
    this.#show();
  }

  /** Something keeps the target where it is, until it is mended. */
  stuck(problem: Failure): void {
    this.#phase = 'rollbackStuck';
    this.#problem = problem;
    this.#show();
  }

  end(outcome: TargetOutcome): TargetOutcome {
    this.#outcome = outcome;
    this.say('ended', outcome.status);
    return outcome;
  }

  get progress(): TargetProgress {
    return {
      schemaVersion: 1,
      target: this.input.target,
      phase: this.#phase,
      activity: this.#activity,
      functions: this.functions.map((run) => ({
        name: run.name,
        weight: run.weight,
        ...(run.version !== undefined && { version: run.version }),
      })),
      ...(this.#problem !== undefined && { problem: this.#problem }),
      ...(this.#outcome !== undefined && { outcome: this.#outcome }),
    };
  }

  #show(): void {
    const lines = [`**${this.input.target}**: ${this.#activity}`];
    if (this.#problem !== undefined) {
      lines.push(
        `The rollback cannot go on: ${failureSentence(this.#problem)}`,
        'It is tried again by itself. Send the signal `retry` to try at once, or `abandon` to leave everything as it is now.',
      );
    }
    setCurrentDetails(lines.join('\n\n'));
  }
}
