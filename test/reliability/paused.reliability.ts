import { describe, expect, it } from '@jest/globals';
import { FaultProxy } from '../support/faultProxy.js';
import { shared } from '../support/shared.js';
import { Scene } from './scene.js';
import {
  CANARY,
  expectEnd,
  InterruptedWorker,
  Stage,
  type Interruption,
  UNTIL_APPROVED,
} from './stage.js';
import { row } from './table.js';
import { expectLateRequestRefused, whileAwake } from './wakingUp.js';

const READ = 'before the read';
const REQUEST = 'before the request';
const ANSWER = 'after the request';

/**
 * Every activity that changes something on the way forward. AWS takes no revision for the creation
 * of a function or an alias, so nothing can keep a request from being carried out that leaves right
 * after it was confirmed, minutes too late: that moment is missing.
 */
const ROWS = [
  ['publishVersion', READ, REQUEST, ANSWER],
  ['updateSettings', READ, REQUEST, ANSWER],
  ['updateCode', READ, REQUEST, ANSWER],
  ['createFunction', READ, ANSWER],
  ['updateAlias', READ, REQUEST, ANSWER],
  ['createAlias', READ, ANSWER],
].flatMap(([activity = '', ...moments]) =>
  moments.map((moment) => ({ activity, moment: moment as Interruption['moment'] })),
);

describe('A worker is stopped (SIGSTOP) for longer than every timeout', () => {
  it.concurrent.each(ROWS)('$activity, $moment', async ({ activity, moment }) => {
    row({
      Activity: `\`${activity}\``,
      Stopped: moment,
      'Final state': 'exactly the one before, also after the stopped worker goes on',
    });
    const stage = await Stage.set();
    // It keeps connections open: a request of the stopped worker is not lost with its connection.
    const proxy = await FaultProxy.start(shared.awsEndpoint);
    try {
      const scene = await Scene.make('several functions', 'pause');
      const plan = scene.plan(UNTIL_APPROVED, CANARY);
      const stopped = await InterruptedWorker.start(
        stage.system,
        { activity, moment, signal: 'SIGSTOP' },
        { awsEndpoint: proxy.endpoint },
      );
      const deployment = await stage.start(plan);
      await stopped.interrupted();
      await stage.system.startWorker();
      await deployment.signal('rollback');
      const outcome = await stage.ended(plan);
      const before = await scene.states();
      expect(before).toEqual(scene.before);

      await stopped.goesOn();
      await whileAwake();
      expect(await scene.states()).toEqual(scene.before);
      if (moment === REQUEST) await expectLateRequestRefused(scene, activity);
      if (outcome.status === 'rolledBack') await expectEnd(scene, outcome, 'back');
      else expect(outcome.status).toBe('cancelled');
    } finally {
      await stage.strike();
      await proxy.stop();
    }
  });
});
