import type { UpdateWideInput } from '../../activities/wide.js';
import type { Failure } from '../../domain/failures.js';
import {
  foreignWide,
  WIDE,
  wideText,
  type WideName,
  type WideValue,
} from '../../domain/wideSettings.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';
import type { rollingBack } from '../temporal/activities.js';
import { mutating } from '../temporal/activities.js';
import { FailureError } from '../temporal/failure.js';
import { together } from '../temporal/together.js';
import { notingCreation } from './unanswered.js';

/** Tags take two requests at most; what needs more is changed by somebody else again and again. */
const MAX_REQUESTS = 20;

/**
 * Gives a function what the plan says of it as a whole, where that differs: before the new version
 * has any traffic, and after it was published, so that a release that fails has changed none of it.
 */
export async function changeWide(fn: FunctionLedger): Promise<void> {
  for (const name of fn.wideToChange) if (!isLast(fn, name)) await changeOne(fn, name);
}

/**
 * What has to wait until the old versions have lost their provisioned concurrency: AWS reserves no less
 * for a function than its versions have of that together.
 */
export async function changeWideLast(target: TargetState): Promise<void> {
  const last = target.changing.filter(
    (fn) => !fn.touched.wide.includes(RESERVED) && fn.wideToChange.some((name) => isLast(fn, name)),
  );
  if (last.length === 0) return;
  const names = last.map(({ name }) => name).join(', ');
  target.say('afterDeployment', `changing the ${WIDE[RESERVED].said} of ${names}`);
  await together(last.map((fn) => () => changeOne(fn, RESERVED)));
}

const RESERVED = 'reservedConcurrency';

function isLast(fn: FunctionLedger, name: WideName): boolean {
  return name === RESERVED && fn.isReservedLast;
}

async function changeOne(fn: FunctionLedger, name: WideName): Promise<void> {
  const change = wideChange(fn, name);
  if (!fn.touched.wide.includes(name)) fn.touched.wide.push(name);
  const summary = `change the ${WIDE[name].said} of ${fn.name}`;
  const found = await writeWide(fn, (access) =>
    mutating(summary).updateWide({ ...access, ...change }),
  );
  if (foreignWide(name, found, change) !== undefined) {
    throw new FailureError(foreignOf(fn, name, found, change));
  }
}

/** The same for functions of which nothing else differs: no version of them is published. */
export async function changeWideAlone(target: TargetState): Promise<void> {
  const alone = target.functions.filter((fn) => fn.unchanged && fn.wideToChange.length > 0);
  if (alone.length === 0) return;
  const each = alone.map((fn) => `${wideText(fn.wideToChange)} of ${fn.name}`);
  target.say('releasing', `changing ${each.join(', ')}`);
  await together(alone.map((fn) => () => changeWide(fn)));
}

type WideChange = Pick<UpdateWideInput, 'name' | 'before' | 'wanted'>;

/** What is written on the way forward. */
export function wideChange(fn: FunctionLedger, name: WideName): WideChange {
  const before = fn.wideBefore[name];
  const wanted = fn.source.functionWide[name];
  if (before === undefined || wanted === undefined) throw new Error(`${name} is not in the plan`);
  return { name, before, wanted };
}

/**
 * Asks for it until nothing is left to be written. The requests carry no revision: one that is on its
 * way may still be carried out, so it is noted like that of a creation.
 *
 * @returns what was found at the end
 */
export async function writeWide(
  fn: FunctionLedger,
  send: (
    access: FunctionLedger['access'],
  ) => ReturnType<ReturnType<typeof rollingBack>['updateWide']>,
): Promise<WideValue> {
  for (let requests = 1; ; requests += 1) {
    const { found, isDone } = await notingCreation(fn, () => send(fn.access));
    if (isDone || requests === MAX_REQUESTS) return found;
  }
}

/** Somebody else's: what was found, beside what was expected. */
export function foreignOf(
  fn: FunctionLedger,
  name: WideName,
  found: WideValue,
  { before, wanted }: Omit<WideChange, 'name'>,
): Failure {
  const expected = [before, wanted].map((value) => JSON.stringify(value)).join(' or ');
  return {
    code: 'foreignChange',
    message: `Someone else changed the ${WIDE[name].said} of ${fn.name} during the deployment: found was ${JSON.stringify(found)}, and ${expected} was expected.`,
    remedy:
      'Nothing was written over it. Find out who changed it, then start the deployment again.',
    target: fn.access.target,
    function: fn.name,
  };
}
