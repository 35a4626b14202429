import fc from 'fast-check';
import { gateId } from '../../../src/domain/gates.js';
import { CANCEL_SIGNAL, GATES_SIGNAL } from '../../../src/domain/names.js';
import type { Plan } from '../../../src/domain/plan.js';
import { VERBS } from '../../../src/domain/verbs.js';
import { befores, type Before } from './befores.js';
import { faultsOf, isEndless, type Fault } from './faults.js';
import { specimens, type Input } from './payloads.js';
import { plans, SHORT_MS } from './plans.js';

/** Something that is sent to a run, or its cancellation. */
export type Message = { signal: string; input: Input } | 'cancel';

/**
 * When it is sent.
 *
 * - `call`: while the n-th call of an activity is under way, which then goes on as it is, waits for
 *   a cancellation before it does anything, or has done its work already.
 * - `afterMs`: when so much time has gone by since the act before.
 */
export type Moment = { call: number; which: 'goes on' | 'waits' | 'is done' } | { afterMs: number };

export interface Act {
  moment: Moment;
  /** The name of a target, or undefined for the deployment. */
  to: string | undefined;
  message: Message;
}

/** What somebody does about everything that waits for a person in the end. */
export interface LastWord {
  approvals: ('approve' | 'reject' | 'rollback')[];
  /** Whether they give up rollbacks that cannot go on. */
  abandons: boolean;
}

/** A plan, the world that it meets, and what people do meanwhile. */
export interface Scenario {
  plan: Plan;
  befores: Before[];
  faults: Fault[];
  acts: Act[];
  lastWord: LastWord;
}

const moment: fc.Arbitrary<Moment> = fc.oneof(
  fc.record({
    call: fc.nat(30),
    which: fc.constantFrom<'goes on' | 'waits' | 'is done'>('goes on', 'waits', 'is done'),
  }),
  fc.record({ afterMs: fc.constantFrom(0, 30, 200, 1000) }),
);

function requests(gates: string[], targets: string[]): fc.Arbitrary<Input> {
  const fields = fc.record(
    {
      gate: fc.constantFrom(...gates),
      target: fc.constantFrom(...targets),
      by: fc.constantFrom('alice', 'bob'),
      role: fc.constantFrom('sre', 'intern'),
      comment: fc.constant('because'),
    },
    { requiredKeys: [] },
  );
  const texts = fc.constantFrom<unknown>(null, 'because', 5, ['a', 'b'], ...gates);
  return fc.oneof({ weight: 3, arbitrary: fields }, texts).map((json) => ({ json }));
}

function messagesFor(plan: Plan): fc.Arbitrary<Message> {
  const signal = (name: fc.Arbitrary<string>, input: fc.Arbitrary<Input>) =>
    fc.record({ signal: name, input });
  const sensible = requests(
    gatesOf(plan),
    plan.targets.map(({ name }) => name),
  );
  const verbs = fc.constantFrom(...VERBS, 'approve', 'approve', 'skipPause');
  const anyName = fc.constantFrom(...VERBS, CANCEL_SIGNAL, GATES_SIGNAL, GATES_SIGNAL, 'nonsense');
  return fc.oneof(
    { weight: 6, arbitrary: signal(verbs, sensible) },
    { weight: 5, arbitrary: signal(anyName, specimens) },
    { weight: 1, arbitrary: fc.constant<Message>('cancel') },
  );
}

function gatesOf({ targets }: Plan): string[] {
  return targets.flatMap(({ name }) =>
    (['before', 'steps', 'after'] as const).flatMap((list) => [
      gateId(name, list, 1),
      gateId(name, list, 2),
    ]),
  );
}

function acts(plan: Plan): fc.Arbitrary<Act[]> {
  const to = fc.constantFrom(undefined, ...plan.targets.map(({ name }) => name));
  const act = fc.record({ moment, to, message: messagesFor(plan) });
  return fc.array(act, { maxLength: 6, size: 'max' });
}

export const scenarios: fc.Arbitrary<Scenario> = fc
  .tuple(plans, fc.boolean())
  .chain(([plan, abandons]) =>
    fc.record({
      plan: fc.constant(plan),
      befores: fc.array(befores, { minLength: 1, maxLength: 6 }),
      faults: faultsOf(plan, abandons),
      acts: acts(plan),
      lastWord: fc.record({
        approvals: fc.array(
          fc.constantFrom('approve', 'approve', 'approve', 'approve', 'reject', 'rollback'),
          {
            minLength: 1,
            maxLength: 5,
          },
        ),
        abandons: fc.constant(abandons),
      }),
    }),
  )
  .map((scenario) => {
    const timeoutMs = scenario.faults.some(isEndless) ? SHORT_MS : scenario.plan.timeoutMs;
    return { ...scenario, plan: { ...scenario.plan, timeoutMs } };
  });
