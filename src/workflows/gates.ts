import type { Decision, GateKind, IgnoredMessage, OpenGate } from '../domain/gates.js';
import type { OperatorRequest } from '../domain/requests.js';

/** How many messages that changed nothing are kept. */
const MAX_IGNORED = 20;

/** How many gates a message names. */
const MAX_NAMED = 5;

/** A gate that is open, and what was decided about it, until whoever waits at it wakes up. */
export interface Gate extends OpenGate {
  decision?: Decision;
}

/** The gates of a target, and the record of what happened at them. */
export class Gates {
  readonly #open = new Map<string, Gate>();
  readonly decisions: Decision[] = [];
  readonly ignored: IgnoredMessage[] = [];

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

  ofKind(kind: GateKind): Gate[] {
    return [...this.#open.values()].filter((gate) => gate.kind === kind);
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
    this.ignored.push(ignoredMessage(verb, reason));
    if (this.ignored.length > MAX_IGNORED) this.ignored.shift();
    this.recorded();
  }
}

/** The ids of gates for a person to choose from; the first of many will do. */
export function gateNames(gates: readonly { id: string }[]): string {
  const first = gates.slice(0, MAX_NAMED).map(({ id }) => id);
  const more = gates.length - first.length;
  return `${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

export function ignoredMessage(verb: string, reason: string): IgnoredMessage {
  return { at: now(), verb, reason };
}

/** A decision as its record: who, how that is known, when, and why. */
export function decided(
  decision: Decision['decision'],
  { by, role, comment }: OperatorRequest,
  gate?: string,
): Decision {
  return {
    decision,
    ...(gate !== undefined && { gate }),
    at: now(),
    ...(by !== undefined && { by }),
    ...(role !== undefined && { role }),
    ...(comment !== undefined && { comment }),
    known: by === undefined ? 'unnamed' : 'claimed',
  };
}

export function expired(gate: string): Decision {
  return { decision: 'expired', gate, at: now(), known: 'timer' };
}

function now(): string {
  return new Date().toISOString();
}
