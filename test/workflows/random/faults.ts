import fc from 'fast-check';
import type { ActivityName } from '../../support/memoryFaults.js';
import type { FunctionPlan, Plan } from '../../../src/domain/plan.js';
import { nameOfPackage } from '../../support/plans.js';
import { gateId } from '../../../src/domain/gates.js';

/**
 * How a call goes wrong.
 *
 * - `refused`: for good; trying again would not help.
 * - `throttled`: in a way that passes.
 * - `lost`: it is carried out, and its answer is lost.
 * - `late`: its answer is lost, and it is carried out some time later.
 */
const KINDS = ['refused', 'throttled', 'lost', 'late'] as const;
export type FaultKind = (typeof KINDS)[number];

interface What {
  activity: ActivityName;
  /** The function, package or gate of the call. */
  of: string;
}

export interface Fault extends What {
  /** Of calls on the way back, or of those on the way forward. */
  back: boolean;
  kind: FaultKind;
  /** How many such calls go well before. */
  after: number;
  times: number | 'always';
  /** In milliseconds; no request takes longer than ten seconds. */
  lateByMs: number;
}

const FORWARD = [
  'inspectFunction',
  'readLatest',
  'createFunction',
  'updateSettings',
  'updateCode',
  'publishVersion',
  'createAlias',
  'updateAlias',
] as const;

const BACK = [
  'updateAlias',
  'restoreSettings',
  'restoreCode',
  'publishVersion',
  'removeAlias',
  'removeFunction',
] as const;

/** Whose late request AWS would refuse, because it carries the revision that it replaces. */
const WITH_REVISION = ['updateSettings', 'updateCode', 'updateAlias'] as const;
const WITHOUT_REVISION = ['createFunction', 'createAlias'] as const;

const lateByMs = fc.constantFrom(50, 1500, 4000, 9000);

/** Whether a run with this fault can only end because there is no more time. */
export function isEndless({ kind, times }: Fault): boolean {
  return times === 'always' && kind !== 'refused';
}

/** @param abandoned - whether somebody gives up what cannot be taken back */
export function faultsOf(plan: Plan, abandoned: boolean): fc.Arbitrary<Fault[]> {
  const functions = [...new Set(plan.targets.flatMap((target) => target.functions))];
  const names = fc.constantFrom(...functions.map(({ name }) => name));
  const forward = fc.record({
    activity: fc.constantFrom(...FORWARD),
    of: names,
    back: fc.constant(false),
    kind: fc.constantFrom(...KINDS),
    after: fc.nat(1),
    times: fc.constantFrom<Fault['times']>(1, 1, 1, 2, 3, 'always'),
    lateByMs,
  });
  const unanswered = fc.record({
    activity: fc.constantFrom(...WITH_REVISION, ...WITHOUT_REVISION),
    of: names,
    back: fc.constant(false),
    kind: fc.constant<FaultKind>('late'),
    after: fc.constant(0),
    times: fc.constant<Fault['times']>('always'),
    lateByMs,
  });
  const back = fc.record({
    activity: fc.constantFrom(...BACK),
    of: names,
    back: fc.constant(true),
    kind: fc.constantFrom<FaultKind>('refused', 'throttled', 'lost'),
    after: fc.nat(1),
    times: fc.constantFrom<Fault['times']>(1, 2),
    lateByMs,
  });
  // What is only throttled is tried again for minutes, before anybody is asked about it.
  const hopeless = back.map((fault): Fault => ({ ...fault, kind: 'refused', times: 'always' }));
  const wayBack = abandoned ? fc.oneof(back, hopeless) : back;
  const all = [
    { weight: 4, arbitrary: one(forward) },
    { weight: 4, arbitrary: fc.tuple(forward, wayBack, wayBack).map(ofOneFunction) },
    { weight: 2, arbitrary: one(unanswered) },
    { weight: 1, arbitrary: one(packageFaults(functions)) },
    ...outsideFaults(plan).map((arbitrary) => ({ weight: 1, arbitrary: one(arbitrary) })),
  ];
  return fc
    .array(fc.oneof(...all), { maxLength: 4, size: 'max' })
    .map((faults) => faults.flat().map(possible));
}

function one(fault: fc.Arbitrary<Fault>): fc.Arbitrary<Fault[]> {
  return fault.map((only) => [only]);
}

/** A function that fails for good on its way forward, so that there is a way back, and then there. */
function ofOneFunction([forward, ...back]: [Fault, ...Fault[]]): Fault[] {
  const { of } = forward;
  return [
    { ...forward, kind: 'refused', times: 1 },
    ...back.map((fault) => ({ ...fault, of, after: 0 })),
  ];
}

function possible(fault: Fault): Fault {
  const isPossible =
    WITH_REVISION.some((activity) => activity === fault.activity) || fault.times === 'always';
  if (fault.kind !== 'late' || isPossible) return fault;
  return { ...fault, kind: 'lost' };
}

/** What another system decides goes wrong. */
function outsideFaults(plan: Plan): fc.Arbitrary<Fault>[] {
  const gates = plan.targets.flatMap((target) => {
    const lists = {
      before: target.beforeDeployment,
      steps: plan.strategies[target.strategy]?.steps ?? [],
      after: target.afterDeployment,
    };
    return (['before', 'steps', 'after'] as const).flatMap((list) =>
      lists[list].map(({ type }, index) => ({
        activity: type,
        of: gateId(target.name, list, index + 1),
      })),
    );
  });
  const outside = gates.flatMap(({ activity, of }): What[] => {
    if (activity === 'runWebhook') return [{ activity: 'callWebhook', of }];
    return activity === 'analysis' ? [{ activity: 'measure', of }] : [];
  });
  if (outside.length === 0) return [];
  return [passing(fc.constantFrom(...outside))];
}

/** A package that cannot be read is waited for longer than a scenario may last. */
function packageFaults(functions: readonly FunctionPlan[]): fc.Arbitrary<Fault> {
  const keys = functions.map(({ package: planned }) => nameOfPackage(planned));
  const what = fc.constantFrom(...keys).map((of): What => ({ activity: 'pinPackages', of }));
  return passing(what).map((fault) => ({ ...fault, times: 1 }));
}

function passing(what: fc.Arbitrary<What>): fc.Arbitrary<Fault> {
  const kinds = fc.constantFrom<FaultKind>('refused', 'throttled');
  const often = fc.constantFrom<Fault['times']>(1, 2, 'always');
  return fc
    .tuple(what, kinds, often)
    .map(([call, kind, times]) => ({ ...call, back: false, kind, after: 0, times, lateByMs: 0 }));
}
