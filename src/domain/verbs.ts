import type { Decision, GateKind } from './gates.js';

/** Everything that is known of a verb in one place; the transports derive what they need from it. */
interface VerbRecord {
  /** The gates that it answers; absent where it is about whole targets. */
  gate?: GateKind;
  /** The refusal when no such gate is open, without its full stop. */
  nothing?: string;
  /** Whether it means every gate it could answer when none is named; else it must be the only one. */
  meansAll?: true;
  /** What is recorded when it is carried out; of a callback, what it says. */
  decision: Decision['decision'] | 'as it says';
  /** Sluice's own command, `sluice deploy <command>`. */
  command?: string;
  /** What a person would use it for: `To approve`. */
  purpose: string;
  /** What the Temporal UI says of the signal and the update, at the deployment and at a target. */
  descriptions: { deployment: string; target: string };
}

const records = {
  approve: {
    gate: 'approval',
    nothing: 'Nothing waits for an approval',
    decision: 'approved',
    command: 'approve',
    purpose: 'To approve',
    descriptions: {
      deployment:
        'Approves what waits for it. Input: nothing when one gate is open, else {"gate": "<target>/steps/1"}; also "by", "role", "comment".',
      target: 'Approves what waits for it. Input: nothing, or {"gate", "by", "role", "comment"}.',
    },
  },
  // A rejection of one gate of a list fails the list anyway.
  reject: {
    gate: 'approval',
    nothing: 'Nothing waits for an approval',
    meansAll: true,
    decision: 'rejected',
    command: 'reject',
    purpose: 'To reject',
    descriptions: {
      deployment:
        'Rejects what waits for an approval. Input: as for approve; nothing means everything.',
      target: 'Rejects what waits for an approval. Input: nothing, or {"gate", "by", "comment"}.',
    },
  },
  rollback: {
    decision: 'rollback',
    purpose: 'To roll back',
    descriptions: {
      deployment:
        'Rolls back every target that has not ended. Input: nothing, or {"target", "by", "comment"}.',
      target: 'Takes back everything that was changed here. Input: nothing, or {"by", "comment"}.',
    },
  },
  retry: {
    gate: 'stuckRollback',
    nothing: 'No rollback is stuck',
    decision: 'retried',
    command: 'retry',
    purpose: 'To try at once',
    descriptions: {
      deployment:
        'Tries a stuck rollback again at once. Input: nothing, or {"gate": "<target>/rollback"}.',
      target: 'Tries a stuck rollback again at once. Input: nothing, or {"by", "comment"}.',
    },
  },
  abandon: {
    gate: 'stuckRollback',
    nothing: 'No rollback is stuck',
    decision: 'abandoned',
    command: 'abandon',
    purpose: 'To leave everything as it is now',
    descriptions: {
      deployment:
        'Gives a stuck rollback up and leaves everything as it is. Input: nothing, or {"gate": "<target>/rollback"}.',
      target: 'Gives a stuck rollback up and leaves everything as it is. Input: as for retry.',
    },
  },
  skipPause: {
    gate: 'pause',
    nothing: 'There is no pause',
    decision: 'skipped',
    command: 'skip',
    purpose: 'To go on at once',
    descriptions: {
      deployment: 'Ends a pause now. Input: nothing, or {"gate": "<target>/steps/1"}.',
      target: 'Ends a pause now. Input: nothing, or {"gate", "by", "comment"}.',
    },
  },
  webhookCallback: {
    gate: 'callback',
    nothing: 'Nothing waits for a callback',
    decision: 'as it says',
    command: 'answer',
    purpose: 'To answer in its place',
    descriptions: {
      deployment:
        'Answers a webhook in the place of what it called. Input: {"gate", "success": true or false}.',
      target:
        'Answers a webhook in the place of what it called. Input: {"gate", "success": true or false}.',
    },
  },
} as const satisfies Record<string, VerbRecord>;

/** What an operator, a script or a service may ask of a deployment that runs. */
export type Verb = keyof typeof records;

/** A verb that answers a gate. */
export type GateVerb = {
  [Name in Verb]: (typeof records)[Name] extends { gate: GateKind } ? Name : never;
}[Verb];

/** The name of a command of Sluice's that answers a gate. */
export type AnswerCommand = Extract<(typeof records)[Verb], { command: string }>['command'];

/** What is known of each verb. */
export const VERB_RECORDS: Readonly<Record<Verb, VerbRecord>> = records;

export const VERBS = Object.keys(records) as Verb[];

/** The verbs that answer a gate of this kind. A newer worker may have kinds that nobody knows here. */
export function verbsFor(kind: string): Verb[] {
  return VERBS.filter((verb) => VERB_RECORDS[verb].gate === kind);
}

/** The verb that a command carries out: every command that answers a gate has one. */
export function verbOf(command: AnswerCommand): GateVerb {
  return VERBS.find((verb) => VERB_RECORDS[verb].command === command) as GateVerb;
}

/** What is recorded when a verb is carried out. */
export function decisionOf(verb: Verb, success?: boolean): Decision['decision'] {
  const { decision } = VERB_RECORDS[verb];
  if (decision !== 'as it says') return decision;
  return success === true ? 'succeeded' : 'failed';
}

/** The gates that a message without a gate's name is about; `several`: it has to name one of these. */
type MeantGates<Gate> = { meant: [Gate, ...Gate[]] } | { several: Gate[] } | { none: string };

/**
 * Which of the open gates a verb is about when no gate is named: the only one that it can answer,
 * or all of them where the verb means all.
 */
export function gatesMeant<Gate extends { kind: string }>(
  verb: GateVerb,
  open: readonly Gate[],
): MeantGates<Gate> {
  const [first, ...others] = open.filter(({ kind }) => kind === records[verb].gate);
  if (first === undefined) return { none: records[verb].nothing };
  if (others.length === 0 || VERB_RECORDS[verb].meansAll === true) {
    return { meant: [first, ...others] };
  }
  return { several: [first, ...others] };
}

/** How many gates a message names. */
const MAX_NAMED = 5;

/** With several gates open a message has to name one; the first of many will do to choose from. */
export function severalOpen(gates: readonly { id: string }[]): string {
  const first = gates.slice(0, MAX_NAMED).map(({ id }) => id);
  const more = gates.length - first.length;
  const names = `${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return `Several gates are open: name one of ${names}.`;
}
