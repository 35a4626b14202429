import { describe, expect, it } from '@jest/globals';
import { FAULTS, type Fault } from '../support/faultProxy.js';
import { uniqueName } from '../support/names.js';
import { faultyStage } from './faultyStage.js';
import type { ShapeName } from './shapes.js';
import { CANARY, InterruptedWorker, Stage, UNTIL_APPROVED, type Way } from './stage.js';
import { row } from './table.js';
import { WideScene } from './wideScene.js';

const FINAL = { forward: 'exactly the new one', back: 'exactly the one before' } as const;

/** When something happens, and which way the deployment goes then. */
interface Moment {
  during: Way;
  then: Way;
}

const FORWARD: Moment = { during: 'forward', then: 'forward' };
const TAKEN_BACK: Moment = { during: 'forward', then: 'back' };
const BACK: Moment = { during: 'back', then: 'back' };

/** What is written on each way, in its order: tags take two requests on the way back. */
const WRITES: readonly [moment: Moment, requests: readonly string[]][] = [
  [FORWARD, ['TagResource', 'PutFunctionConcurrency']],
  [
    TAKEN_BACK,
    [
      ...['TagResource', 'PutFunctionConcurrency', 'PutRuntimeManagementConfig'],
      'PutFunctionRecursionConfig',
    ],
  ],
  [
    BACK,
    [
      ...['TagResource', 'UntagResource', 'PutFunctionConcurrency', 'PutRuntimeManagementConfig'],
      'PutFunctionRecursionConfig',
    ],
  ],
];

const KILLS = WRITES.flatMap(([{ during, then }, requests]) =>
  requests.flatMap((request, index) =>
    (['before the request', 'after the request'] as const).map((moment) => {
      const event = `the worker is killed ${moment}`;
      return { request, nth: index + 1, moment, during, then, event };
    }),
  ),
);

const UNHEARD: readonly Fault[] = ['answer lost', 'late'];
const NOT_READ: readonly Fault[] = ['throttled', 'reset'];

const WITH_ALIAS = ['TagResource', 'PutFunctionConcurrency', 'PutRuntimeManagementConfig'].concat(
  'PutFunctionRecursionConfig',
);

type Line = Moment & { request: string; shape: ShapeName; fault: Fault };

const lines =
  (shape: ShapeName, faults: readonly Fault[], ...moments: Moment[]) =>
  (request: string): Line[] =>
    moments.flatMap((moment) => faults.map((fault) => ({ ...moment, request, shape, fault })));

const FAULTY: Line[] = [
  ...WITH_ALIAS.flatMap(lines('with an alias', FAULTS, FORWARD, BACK)),
  ...WITH_ALIAS.flatMap(lines('with an alias', UNHEARD, TAKEN_BACK)),
  ...lines('with an alias', UNHEARD, BACK)('UntagResource'),
  ...lines('a new function', UNHEARD, BACK)('DeleteFunctionConcurrency'),
  ...lines('without an alias', NOT_READ, FORWARD)('GetRuntimeManagementConfig'),
  ...lines('without an alias', NOT_READ, FORWARD)('GetFunctionRecursionConfig'),
];

function told(event: string, { request, during, then }: Moment & { request: string }): void {
  row({
    Request: `\`${request}\``,
    'What happens': `${event}, on the way ${during}`,
    Deployment: then === 'forward' ? 'approved' : 'rolled back',
    'Final state': FINAL[then],
  });
}

describe('A write of what belongs to a whole function', () => {
  it.concurrent.each(KILLS)('$request: $event, $during, $then', async (kill) => {
    const { during, then, moment, nth } = kill;
    told(kill.event, kill);
    const stage = await Stage.set();
    try {
      const wide = await WideScene.make('with an alias', 'kill');
      wide.want();
      const plan = wide.scene.plan(UNTIL_APPROVED, CANARY);
      const later = during === 'back';
      const interruption = {
        activity: 'updateWide',
        moment,
        nth,
        signal: 'SIGKILL',
        later,
      } as const;
      const worker = await InterruptedWorker.start(stage.system, interruption);
      await stage.start(plan);
      const answered = stage.untilPromoted(plan).then(() => {
        if (later) worker.arm();
        return stage.answer(plan, then);
      });
      await worker.interrupted();
      await worker.process.ended;
      await stage.system.startWorker();
      await answered;
      await wide.expectEnd(await stage.ended(plan), then);
    } finally {
      await stage.strike();
    }
  });

  const shared = faultyStage();

  it.concurrent.each(FAULTY)('$request $fault, $shape, $during, $then', async (line) => {
    const { request, shape, fault, during, then } = line;
    const { stage, proxy } = shared;
    told(`one or two are ${fault}`, line);
    const stem = uniqueName('wide');
    const wide = await WideScene.make(shape, stem);
    wide.want();
    const plan = wide.scene.plan(UNTIL_APPROVED, CANARY, { timeoutMs: 5 * 60_000 });
    const strike = (): void => proxy.strike(fault, request, stem, 2);
    if (during === 'forward') strike();
    await stage.start(plan);
    await stage.untilPromoted(plan);
    if (during === 'back') strike();
    await stage.answer(plan, then);
    await wide.expectEnd(await stage.ended(plan), then, { arriveLate: fault === 'late' });
    expect(proxy.struck.get(stem)).toBeGreaterThan(0);
  });
});
