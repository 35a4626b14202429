import { defined } from '../../domain/defined.js';
import type { Decision, IgnoredMessage, OpenGate } from '../../domain/gates.js';
import type { OperatorRequest } from '../../domain/requests.js';
import { IgnoredMessages } from './ignoredMessages.js';

/** A gate that is open, and what was decided about it, until whoever waits at it wakes up. */
export interface Gate extends OpenGate {
  decision?: Decision;
}

/** The gates of a target, and the record of what happened at them. */
export class Gates {
  readonly #open = new Map<string, Gate>();
  readonly decisions: Decision[] = [];
  readonly #ignored = new IgnoredMessages();

  /**
   * @param changed - called when a gate was opened or closed
   * @param recorded - called when something was recorded
   */
  constructor(
    private readonly changed: () => void,
    private readonly recorded: () => void,
  ) {}

  get open(): OpenGate[] {
    return [...this.#open.values()].map(({ decision: _, ...gate }) => gate);
  }

  get ignored(): IgnoredMessage[] {
    return this.#ignored.list;
  }

  /** The open gates themselves, at which a decision can be left. */
  get waiting(): Gate[] {
    return [...this.#open.values()];
  }

  enter(gate: Omit<OpenGate, 'openedAt'>): Gate {
    const opened: Gate = { ...gate, openedAt: now() };
    this.#open.set(gate.id, opened);
    this.changed();
    return opened;
  }

  leave({ id }: Gate): void {
    this.#open.delete(id);
    this.changed();
  }

  /** Somebody may try a stuck rollback again for days: that is one record. */
  record(decision: Decision): void {
    const last = this.decisions.at(-1);
    const isAgain = decision.decision === 'retried' && last?.decision === 'retried';
    if (isAgain) this.decisions.pop();
    this.decisions.push(isAgain ? { ...decision, times: (last.times ?? 1) + 1 } : decision);
    this.recorded();
  }

  ignore(verb: string, reason: string): void {
    this.#ignored.add(verb, reason);
    this.recorded();
  }
}

/** A decision as its record: who, how that is known, when, and why. */
export function decided(
  decision: Decision['decision'],
  { by, role, comment }: Pick<OperatorRequest, 'by' | 'role' | 'comment'>,
  gate?: string,
): Decision {
  return {
    decision,
    ...defined({ gate }),
    at: now(),
    ...defined({ by, role, comment }),
    known: by === undefined ? 'unnamed' : 'claimed',
  };
}

export function expired(gate: string): Decision {
  return { decision: 'expired', gate, at: now(), known: 'timer' };
}

function now(): string {
  return new Date().toISOString();
}
