import { upsertMemo } from '@temporalio/workflow';
import type { Decision } from '../../domain/gates.js';
import type { DeploymentPhase } from '../../domain/status.js';
import { decided } from '../state/gates.js';

/** Somebody may ask for the same again and again: the first say most. */
const MAX_DECISIONS = 20;

/** Which way a deployment goes as a whole: its phase, what people asked of it, and what goes back. */
export class Course {
  #phase: DeploymentPhase = 'resolvingPackages';
  #phaseInMemo: DeploymentPhase | undefined;
  /** Targets that say that they go back. */
  readonly #goingBack = new Set<string>();
  readonly #decisions: Decision[] = [];

  /** @param changed - called when something has changed */
  constructor(private readonly changed: () => void) {}

  /** A target that goes back by itself is more important than those that go on. */
  get phase(): DeploymentPhase {
    return this.#phase === 'deploying' && this.#goingBack.size > 0 ? 'rollingBack' : this.#phase;
  }

  get goingBack(): string[] {
    return [...this.#goingBack];
  }

  /** What people asked of the deployment as a whole; undefined where nobody did. */
  get decisions(): Decision[] | undefined {
    return this.#decisions.length === 0 ? undefined : [...this.#decisions];
  }

  /** The first target has started. */
  begin(): void {
    if (this.#phase === 'resolvingPackages') this.#phase = 'deploying';
  }

  enter(phase: 'rollingBack' | 'cancelling' | 'ended'): void {
    // Who asks for a rollback of what is cancelled already gets nothing else.
    if (this.#phase !== 'cancelling' || phase === 'ended') this.#phase = phase;
    this.#changed();
  }

  /** Somebody asked for something that concerns all of it. */
  asked(decision: Decision): void {
    if (this.#decisions.length < MAX_DECISIONS) this.#decisions.push(decision);
    this.#changed();
  }

  /** Temporal's own cancellation says nobody; a message that cancels has said who it was. */
  cancelled(): void {
    if (!this.#decisions.some(({ decision }) => decision === 'cancelled')) {
      this.asked(decided('cancelled', {}));
    }
    this.enter('cancelling');
  }

  goesBack(target: string): void {
    this.#goingBack.add(target);
    this.#changed();
  }

  ended(target: string): void {
    this.#goingBack.delete(target);
    this.#changed();
  }

  #changed(): void {
    this.changed();
    this.#tellLists();
  }

  /** Lists ask no worker, so what they should not leave out is in the memo. */
  #tellLists(): void {
    const { phase } = this;
    if (phase === 'ended') return;
    const told = phase === 'rollingBack' || phase === 'cancelling' ? phase : undefined;
    if (told === this.#phaseInMemo) return;
    this.#phaseInMemo = told;
    upsertMemo({ phase: told ?? null });
  }
}
