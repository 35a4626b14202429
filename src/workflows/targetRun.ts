import { setCurrentDetails } from '@temporalio/workflow';
import { failureSentence, type Failure } from '../domain/failures.js';
import { inWords, type TargetOutcome } from '../domain/outcomes.js';
import type { TargetPhase, TargetProgress } from '../domain/status.js';
import type { TargetInput } from '../domain/target.js';
import { FunctionRun } from './functionRun.js';

/** The present state of a target's deployment, for its status and for a person in the Temporal UI. */
export class TargetRun {
  readonly functions: FunctionRun[];
  readonly warnings: Failure[] = [];
  readonly startedAt = new Date().toISOString();
  /** What operators asked for by signals. */
  readonly asked = { retries: 0, abandon: false };
  #phase: TargetPhase = 'checking';
  #activity = '';
  readonly #problems = new Map<string, Failure>();
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
    return this.#problems.size > 0;
  }

  /** A stage of a rollback that is tried again would warn again. */
  warn(warning: Failure): void {
    const known = this.warnings.some(({ message }) => message === warning.message);
    if (!known) this.warnings.push(warning);
  }

  say(phase: TargetPhase, activity: string): void {
    this.#phase = phase;
    this.#activity = activity;
    this.#show();
  }

  /** Something keeps a function's rollback from going on, until it is mended. */
  stuck(name: string, problem: Failure): void {
    this.#problems.set(name, problem);
    this.#show();
  }

  problemOf(name: string): Failure | undefined {
    return this.#problems.get(name);
  }

  unstuck(name: string): void {
    this.#problems.delete(name);
    this.#show();
  }

  end(outcome: TargetOutcome): TargetOutcome {
    this.#outcome = outcome;
    this.say('ended', inWords(outcome.status));
    return outcome;
  }

  get progress(): TargetProgress {
    return {
      schemaVersion: 1,
      target: this.input.target,
      phase: this.rollbackIsStuck ? 'rollbackStuck' : this.#phase,
      activity: this.#activity,
      functions: this.functions.map((run) => ({
        name: run.name,
        weight: run.weight,
        ...(run.version !== undefined && { version: run.version }),
      })),
      problems: [...this.#problems.values()],
      ...(this.#outcome !== undefined && { outcome: this.#outcome }),
    };
  }

  #show(): void {
    const lines = [`**${this.input.target}**: ${this.#activity}`];
    if (this.#outcome?.failure !== undefined) lines.push(failureSentence(this.#outcome.failure));
    for (const problem of this.#problems.values()) {
      lines.push(`The rollback cannot go on: ${failureSentence(problem)}`);
    }
    if (this.rollbackIsStuck) {
      lines.push(
        'It is tried again by itself. Send the signal `retry` to try at once, or `abandon` to leave everything as it is now.',
      );
    }
    setCurrentDetails(lines.join('\n\n'));
  }
}
