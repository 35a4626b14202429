import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Fault, FaultProxy } from '../support/faultProxy.js';
import { uniqueName } from '../support/names.js';
import { Past } from './past.js';
import type { ShapeName } from './scene.js';
import { Stage } from './stage.js';
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

let stage: Stage;
let proxy: FaultProxy;
beforeAll(async () => {
  proxy = await FaultProxy.start(inject('awsEndpoint'));
  stage = await Stage.set();
  await stage.system.startWorker({ awsEndpoint: proxy.endpoint });
});
afterAll(async () => {
  await stage.strike();
  await proxy.stop();
});

describe.concurrent('The network fails on the way back from what has ended', () => {
  it.for(ROWS)('$operation $fault', async ({ operation, shape, fault }, context) => {
    row(context, {
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
