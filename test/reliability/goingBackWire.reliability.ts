import { describe, expect, it } from '@jest/globals';
import type { Fault } from '../support/faultProxy.js';
import { uniqueName } from '../support/names.js';
import { faultyStage } from './faultyStage.js';
import { Past } from './past.js';
import type { ShapeName } from './shapes.js';
import { row } from './table.js';

/** What may have been carried out unheard, and what was not: the next attempt has to tell. */
const UNANSWERED: readonly Fault[] = ['reset', 'answer lost', 'late'];

/** The calls that give something back, and those that say whether that may be. */
const CALLS: readonly [operation: string, shape: ShapeName, faults: readonly Fault[]][] = [
  ['GetFunction', 'without an alias', ['throttled']],
  ['UpdateFunctionConfiguration', 'without an alias', UNANSWERED],
  ['UpdateFunctionCode', 'without an alias', UNANSWERED],
  ['PublishVersion', 'without an alias', ['answer lost', 'late']],
  ['GetAlias', 'with an alias', ['reset']],
  ['UpdateAlias', 'with an alias', UNANSWERED],
];

const ROWS = CALLS.flatMap(([operation, shape, faults]) =>
  faults.map((fault) => ({ operation, shape, fault })),
);

const shared = faultyStage();

describe('The network fails on the way back from what has ended', () => {
  it.concurrent.each(ROWS)('$operation $fault', async ({ operation, shape, fault }) => {
    const { stage, proxy } = shared;
    row({
      Functions: shape,
      Call: `\`${operation}\``,
      'One or two of them': fault,
      'Final state': 'exactly what was live before, and nothing else written',
    });
    const stem = uniqueName('wire');
    await using past = await Past.make(stage, shape, stem, 1);
    proxy.strike(fault, operation, stem, 2);
    await past.goBack('rollback');
    expect(await past.ended()).toMatchObject({ status: 'deployed', warnings: [] });
    await past.expectBack('rollback', { arriveLate: fault === 'late' });
    expect(proxy.struck.get(stem)).toBeGreaterThan(0);
  });
});
