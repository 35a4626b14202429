import { workflowInfo } from '@temporalio/workflow';
import { defined } from '../../domain/defined.js';
import type { Failure } from '../../domain/failures.js';
import { rollbackGateId } from '../../domain/gates.js';
import type { Markdown } from '../../domain/markdownText.js';
import { inWords, type TargetOutcome } from '../../domain/outcomes.js';
import type { StepProgress, TargetPhase, TargetProgress } from '../../domain/status.js';
import type { TargetAccess, TargetInput } from '../../domain/target.js';
import { CurrentDetails } from '../temporal/currentDetails.js';
import { Analyses } from './analyses.js';
import { Announcer } from './announcer.js';
import { targetDetails } from './details.js';
import { FunctionLedger } from './functionLedger.js';
import { Gates, type Gate } from './gates.js';
import type { WorkClock } from './workClock.js';

/** The present state of a target's deployment, for its status and for a person in the Temporal UI. */
export class TargetState {
  readonly functions: FunctionLedger[];
  readonly warnings: Failure[];
  readonly analyses = new Analyses();
  readonly startedAt = new Date().toISOString();
  readonly gates = new Gates(
    () => this.#changed(),
    () => this.#show(),
  );
  /** What operators asked for of a stuck rollback. */
  readonly asked = { retries: 0, abandoned: new Set<string>() };
  /** The new versions have all traffic, and nothing else: what fails now is not taken back. */
  promoted = false;
  /** How many waits of the strategy there have been. */
  waits = 0;
  outcome: TargetOutcome | undefined;
  /** Set while there is work that can be stopped. */
  work: { clock: WorkClock; stop: (cause: Failure) => void } | undefined;
  #phase: TargetPhase = 'checking';
  #isStopping = false;
  #goesBack = false;
  #activity = '';
  #step: StepProgress | undefined;
  readonly #notices = new Map<string, string>();
  readonly #problems = new Map<string, Failure>();
  #stuckGate: Gate | undefined;
  readonly #details = new CurrentDetails(() => this.#draw());
  readonly #announcer: Announcer;

  constructor(readonly input: TargetInput) {
    this.functions = input.functions.map((given) => new FunctionLedger(input, given));
    this.warnings = [...(input.warnings ?? [])];
    this.#announcer = new Announcer(input, () => ({
      gates: this.gates.open,
      ...(this.#goesBack && { goesBack: true }),
    }));
  }

  get name(): string {
    return this.input.target;
  }

  get access(): TargetAccess {
    const { application, deploymentId, target, deployRoleArn, region } = this.input;
    return { application, deploymentId, target, deployRoleArn, region };
  }

  /** The functions that differ from the plan. */
  get changing(): FunctionLedger[] {
    return this.functions.filter((fn) => !fn.unchanged);
  }

  /** Whether the deployment may have written anything. */
  get written(): boolean {
    return this.functions.some((fn) => fn.written);
  }

  /** Whether everything is being taken back, or about to be. */
  get isRollingBack(): boolean {
    return this.#isStopping || this.#phase === 'rollingBack';
  }

  /** Ends the work because of this, and with it everything that is under way. */
  stop(cause: Failure): void {
    this.#stopping();
    this.work?.stop(cause);
  }

  /** Its deployment was cancelled. What is promoted stays; everything else ends, and goes back. */
  cancelled(): void {
    if (this.work !== undefined && !this.promoted) this.#stopping();
  }

  #stopping(): void {
    this.#isStopping = true;
    if (this.written) this.say('rollingBack', 'waiting for what is under way');
    else this.say(this.#phase, 'stopping before anything is written');
  }

  get clock(): WorkClock {
    if (this.work === undefined) throw new Error('there is no work to measure');
    return this.work.clock;
  }

  /** A stage of a rollback that is tried again would warn again. */
  warn(warning: Failure): void {
    const known = this.warnings.some(({ message }) => message === warning.message);
    if (!known) this.warnings.push(warning);
  }

  say(phase: TargetPhase, activity: string): void {
    this.#phase = phase;
    this.#activity = activity;
    this.#goesBack ||= phase === 'rollingBack';
    this.#changed();
  }

  /**
   * Tells what holds something up that will go on by itself.
   *
   * @param what - what is held up, such as a gate
   * @param notice - a sentence; undefined when it goes on
   */
  notice(what: string, notice: string | undefined): void {
    if (notice === undefined) this.#notices.delete(what);
    else this.#notices.set(what, notice);
    this.refresh();
  }

  /** Something has changed that is looked up when the state is shown. */
  refresh(): void {
    this.#show();
  }

  /** A step of the strategy begins. */
  enterStep(step: StepProgress): void {
    this.#step = step;
  }

  /** Something keeps a function's rollback from going on, until it is mended. */
  stuck(name: string, problem: Failure): void {
    this.#problems.set(name, problem);
    this.#stuckGate ??= this.gates.enter({
      id: rollbackGateId(this.name),
      kind: 'stuckRollback',
    });
    this.#show();
  }

  /** Somebody gives up what is stuck now. */
  abandonStuck(): void {
    for (const name of this.#problems.keys()) this.asked.abandoned.add(name);
  }

  problemOf(name: string): Failure | undefined {
    return this.#problems.get(name);
  }

  unstuck(name: string): void {
    this.#problems.delete(name);
    if (this.#problems.size === 0 && this.#stuckGate !== undefined) {
      this.gates.leave(this.#stuckGate);
      this.#stuckGate = undefined;
    }
    this.#show();
  }

  end(outcome: TargetOutcome): TargetOutcome {
    this.outcome = outcome;
    this.#problems.clear();
    this.say('ended', inWords(outcome.status));
    return outcome;
  }

  get progress(): TargetProgress {
    return {
      schemaVersion: 1,
      target: this.name,
      phase: this.#problems.size > 0 ? 'rollbackStuck' : this.#phase,
      activity: this.#activity,
      ...defined({ step: this.#step }),
      functions: this.functions.map((fn) => fn.progress),
      gates: this.gates.open,
      decisions: this.gates.decisions,
      ignored: this.gates.ignored,
      notices: [...this.#notices.values()],
      analyses: this.analyses.reports,
      problems: [...this.#problems.values()],
      timeLeftMs: this.work?.clock.leftMs ?? 0,
      startedAt: this.startedAt,
      ...defined({ outcome: this.outcome }),
    };
  }

  #changed(): void {
    this.#announcer.changed();
    this.#show();
  }

  /** Much may change in one moment; a person sees what is true at its end. */
  #show(): void {
    this.#details.changed();
  }

  #draw(): Markdown {
    const { namespace, workflowId, runId } = workflowInfo();
    return targetDetails(this.progress, { namespace, workflowId, runId });
  }
}
