import { describe, expect, it } from '@jest/globals';
import { FAULTS } from '../support/faultProxy.js';
import { uniqueName } from '../support/names.js';
import { faultyStage } from './faultyStage.js';
import { Scene } from './scene.js';
import { CANARY, expectEnd, UNTIL_APPROVED, type Way } from './stage.js';
import { row } from './table.js';

/** Every call to Lambda that a deployment makes, and that which keeps code, on the ways on which it makes it. */
const CALLS: readonly [operation: string, ...ways: Way[]][] = [
  ['GetFunction', 'forward', 'back'],
  ['PutObject', 'forward'],
  ['GetAlias', 'forward', 'back'],
  ['UpdateFunctionConfiguration', 'forward', 'back'],
  ['UpdateFunctionCode', 'forward', 'back'],
  ['PublishVersion', 'forward', 'back'],
  ['CreateFunction', 'forward', 'back'],
  ['CreateAlias', 'forward', 'back'],
  ['UpdateAlias', 'forward', 'back'],
  ['DeleteAlias', 'back'],
  ['DeleteFunction', 'back'],
  ['ListAliases', 'back'],
  ['ListVersionsByFunction', 'back'],
  ['GetPolicy', 'back'],
  ['GetFunctionConcurrency', 'back'],
  ['ListEventSourceMappings', 'back'],
  ['ListFunctionUrlConfigs', 'back'],
];

const ROWS = CALLS.flatMap(([operation, ...ways]) =>
  ways.flatMap((way) => FAULTS.map((fault) => ({ operation, way, fault }))),
);

const shared = faultyStage();

describe('The network fails', () => {
  it.concurrent.each(ROWS)('$operation $fault, $way', async ({ operation, way, fault }) => {
    const { stage, proxy } = shared;
    row({
      Call: `\`${operation}\``,
      'One or two of them': fault,
      Deployment: way === 'forward' ? 'approved' : 'rolled back',
      'Final state': way === 'forward' ? 'exactly the new one' : 'exactly the one before',
    });
    const stem = uniqueName('wire');
    const scene = await Scene.make('several functions', stem);
    if (operation === 'PutObject') scene.keepReplaced();
    const plan = scene.plan(UNTIL_APPROVED, CANARY, { timeoutMs: 5 * 60_000 });
    // What creates something happens on the way forward only; the rollback has to take it back.
    const isEarly = way === 'forward' || operation.startsWith('Create');
    if (isEarly) proxy.strike(fault, operation, stem, 2);
    await stage.start(plan);
    await stage.untilPromoted(plan);
    if (!isEarly) proxy.strike(fault, operation, stem, 2);
    await stage.answer(plan, way);
    await expectEnd(scene, await stage.ended(plan), way, { arriveLate: fault === 'late' });
    expect(proxy.struck.get(stem)).toBeGreaterThan(0);
  });
});
