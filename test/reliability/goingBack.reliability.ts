import { describe, expect, it } from '@jest/globals';
import { FaultProxy } from '../support/faultProxy.js';
import { shared } from '../support/shared.js';
import { Past, type WayBack } from './past.js';
import type { ShapeName } from './shapes.js';
import { InterruptedWorker, Stage, type Interruption } from './stage.js';
import { row } from './table.js';
import { expectLateRequestRefused, whileAwake } from './wakingUp.js';

type Moment = Interruption['moment'];

const EVERY = ['before the request', 'after the request', 'at its end'] as const;
const UNHEARD = ['after the request'] as const;

interface Trip {
  way: WayBack;
  shape: ShapeName;
  /** How many deployments there have been. */
  deployments: number;
  activities: Readonly<Record<string, readonly Moment[]>>;
}

/**
 * What reads, decides and writes on a way back. Before a first deployment the code of a function
 * was nobody's package, so it comes back from the version itself; before a second it comes from S3.
 */
const KILLED: readonly Trip[] = [
  {
    way: 'rollback',
    shape: 'with an alias',
    deployments: 1,
    activities: { inspectVersion: ['before the request', 'at its end'], updateAlias: EVERY },
  },
  {
    way: 'rollback',
    shape: 'without an alias',
    deployments: 1,
    activities: {
      inspectVersion: UNHEARD,
      publishVersion: EVERY,
      restoreSettings: EVERY,
      restoreCode: EVERY,
    },
  },
  {
    way: 'rollback',
    shape: 'several functions',
    deployments: 2,
    activities: {
      inspectVersion: UNHEARD,
      restoreCode: UNHEARD,
      updateAlias: UNHEARD,
    },
  },
  {
    way: 'rollback',
    shape: 'with provisioned concurrency',
    deployments: 2,
    activities: { provision: EVERY, awaitProvisioned: ['before the read'], updateAlias: UNHEARD },
  },
  {
    way: 'redeploy',
    shape: 'with provisioned concurrency',
    deployments: 2,
    activities: { provision: UNHEARD },
  },
  {
    way: 'redeploy',
    shape: 'with an alias',
    deployments: 2,
    activities: {
      pinPackages: EVERY,
      inspectFunction: UNHEARD,
      updateCode: EVERY,
      updateAlias: UNHEARD,
    },
  },
];

/** What writes on a way back in another way than a deployment does. */
const STOPPED: readonly Trip[] = [
  {
    way: 'rollback',
    shape: 'with an alias',
    deployments: 1,
    activities: { updateAlias: ['before the request'] },
  },
  {
    way: 'rollback',
    shape: 'without an alias',
    deployments: 1,
    activities: {
      restoreSettings: ['before the request', 'after the request'],
      restoreCode: ['before the request', 'after the request'],
    },
  },
];

const rowsOf = (trips: readonly Trip[]) =>
  trips.flatMap(({ activities, ...trip }) =>
    Object.entries(activities).flatMap(([activity, moments]) =>
      moments.map((moment) => ({ ...trip, activity, moment })),
    ),
  );

const ENDS: Readonly<Record<WayBack, string>> = {
  rollback: 'exactly what was live before',
  redeploy: 'exactly the code and settings of then',
};

describe('On the way back from what has ended', () => {
  it.concurrent.each(rowsOf(STOPPED))('the worker is stopped: $activity, $moment', async (one) => {
    const { way, shape, activity, moment, deployments } = one;
    row({
      'Way back': `\`${way}\``,
      Functions: shape,
      Activity: `\`${activity}\``,
      'The worker is': `stopped ${moment}`,
      'Final state': 'exactly what had been left, also after the stopped worker goes on',
    });
    const stage = await Stage.set();
    // It keeps connections open: a request of the stopped worker is not lost with its connection.
    const proxy = await FaultProxy.start(shared.awsEndpoint);
    const interruption: Interruption = { activity, moment, signal: 'SIGSTOP', later: true };
    try {
      const stopped = await InterruptedWorker.start(stage.system, interruption, {
        awsEndpoint: proxy.endpoint,
      });
      await using past = await Past.make(stage, shape, 'back', deployments);
      stopped.arm();
      await past.goBack(way);
      await stopped.interrupted();
      await stage.system.startWorker();
      await past.takeBack();
      expect(await past.ended()).toMatchObject({ status: 'rolledBack', warnings: [] });
      await past.expectAsLeft();

      await stopped.goesOn();
      await whileAwake();
      await past.expectAsLeft();
      if (moment === 'before the request') await expectLateRequestRefused(past.scene, activity);
    } finally {
      await stage.strike();
      await proxy.stop();
    }
  });

  it.concurrent.each(rowsOf(KILLED))(
    'the worker is killed: $way, $shape, $activity, $moment',
    async (one) => {
      const { way, shape, activity, moment, deployments } = one;
      row({
        'Way back': `\`${way}\``,
        Functions: shape,
        Activity: `\`${activity}\``,
        'The worker is': `killed ${moment}`,
        'Final state': `${ENDS[way]}, and nothing else written`,
      });
      const stage = await Stage.set();
      const interruption: Interruption = { activity, moment, signal: 'SIGKILL', later: true };
      try {
        const worker = await InterruptedWorker.start(stage.system, interruption);
        await using past = await Past.make(stage, shape, 'back', deployments);
        worker.arm();
        await past.goBack(way);
        await worker.interrupted();
        await worker.process.ended;
        await stage.system.startWorker();
        expect(await past.ended()).toMatchObject({ status: 'deployed', warnings: [] });
        await past.expectBack(way);
      } finally {
        await stage.strike();
      }
    },
  );
});
