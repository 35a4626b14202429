import fc from 'fast-check';
import { LATEST } from '../../../src/domain/functions.js';
import type { ObservedSettings } from '../../../src/domain/functionSettings.js';
import { markText } from '../../../src/domain/marks.js';
import type { FunctionPlan, Plan } from '../../../src/domain/plan.js';
import { wantedSettings } from '../../../src/activities/functionState.js';
import { EMPTY, hash, type MemoryLambda } from '../../support/memoryLambda.js';
import { aliasAt } from '../../support/memoryRules.js';

/**
 * How a function is before the deployment.
 *
 * - `missing`: it does not exist.
 * - `without alias`: it does, and the alias that the plan names does not.
 * - `served`: its alias serves the version that `$LATEST` is.
 * - `edited`: somebody changed `$LATEST` since, and published nothing.
 * - `ahead`: `$LATEST` is what the plan says, and the alias serves what was before.
 * - `as planned`: there is nothing to do.
 * - `split`: somebody splits the traffic of the alias between two versions.
 * - `left behind`: a deployment that was terminated split it.
 * - `on latest`: its alias serves `$LATEST`, unless it has several aliases.
 */
const BEFORES = [
  'missing',
  'without alias',
  'served',
  'edited',
  'ahead',
  'as planned',
  'split',
  'left behind',
  'on latest',
] as const;
export type Before = (typeof BEFORES)[number];

export const befores: fc.Arbitrary<Before> = fc.constantFrom('served', 'served', ...BEFORES);

/** Puts every function of the plan into the memory, each once. */
export function prepare(lambda: MemoryLambda, plan: Plan, given: readonly Before[]): void {
  const byName = new Map<string, FunctionPlan[]>();
  for (const one of plan.targets.flatMap(({ functions }) => functions)) {
    byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  }
  [...byName.values()].forEach((plans, index) => {
    const before = given[index % given.length] ?? 'served';
    if (before !== 'missing') putBefore(lambda, plan.deploymentId, plans, before);
  });
}

function putBefore(
  lambda: MemoryLambda,
  deploymentId: string,
  plans: readonly FunctionPlan[],
  before: Before,
): void {
  const [first] = plans;
  if (first === undefined) return;
  const made = lambda.put(first.name, EMPTY);
  const wanted = wantedSettings(first.settings, { deploymentId, function: first.name });
  const planned: ObservedSettings = { ...EMPTY, ...wanted };
  const publish = (description: string): void => {
    const version = String(made.versions.length + 1);
    made.versions.push({ ...made.latest, version, description });
  };
  const change = (codeSha256: string, settings: ObservedSettings): void => {
    made.latest = { revisionId: `changed-${made.versions.length}`, codeSha256, settings };
  };
  if (before === 'edited') change(hash('edited'), { ...EMPTY, memorySize: 512 });
  if (before === 'ahead' || before === 'as planned') change(hash(lambda.bytes), planned);
  if (before === 'as planned') publish('');
  if (before === 'split' || before === 'left behind') {
    change(hash('second'), EMPTY);
    publish(
      before === 'split'
        ? ''
        : markText({ deploymentId: 'terminated', packageUri: 's3://packages/left.zip' }),
    );
  }
  if (before === 'without alias') return;
  const version = servedVersion(before, plans);
  const weights = before === 'split' || before === 'left behind' ? { 2: 0.3 } : {};
  for (const { alias } of plans) {
    if (alias !== undefined)
      made.aliases.set(alias, aliasAt(version, { weights, revisionId: 'alias-before' }));
  }
}

function servedVersion(before: Before, plans: readonly FunctionPlan[]): string {
  if (before === 'as planned') return '2';
  // What is written for one alias would be live by the other.
  return before === 'on latest' && plans.length === 1 ? LATEST : '1';
}
