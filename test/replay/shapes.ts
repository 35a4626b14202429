import type { Client } from '@temporalio/client';
import { makeBucket } from '../../dev/stack/buckets.js';
import { makeDeployRole, makeExecutionRole } from '../../dev/stack/roles.js';
import {
  PREFLIGHT_WORKFLOW,
  preflightWorkflowId,
  queueWorkflowId,
  targetWorkflowId,
  TASK_QUEUE,
} from '../../src/domain/names.js';
import { untilOpen } from '../support/operator.js';
import type { Step, TargetPlan } from '../../src/domain/plan.js';
import type { Others } from './others.js';
import {
  ACCOUNT,
  aliased,
  BUCKET,
  decidedByOthers,
  DEPLOY_ROLE,
  direct,
  EXECUTION_ROLE,
  gated,
  ofImage,
  plan,
  REGION,
  target,
} from './recordedPlans.js';

import {
  enqueue,
  targetOf,
  deploy,
  start,
  ended,
  keepSecret,
  untilReleasing,
  put,
  putBytes,
  repository,
  type Recorded,
} from './recording.js';

interface Shape {
  name: string;
  run: (client: Client, awsEndpoint: string, others: Others) => Promise<Recorded>;
}

/** Every way a deployment can go so far. Each starts from what those before it have left. */
export const shapes: Shape[] = [
  {
    name: 'created',
    run: async (client, awsEndpoint) => {
      await makeDeployRole(awsEndpoint, DEPLOY_ROLE);
      await makeExecutionRole(awsEndpoint, EXECUTION_ROLE);
      await makeBucket(BUCKET, { awsEndpoint, account: ACCOUNT, region: REGION }, true);
      await put(awsEndpoint, 'first');
      return deploy(client, 'created', [
        target('one', [direct()]),
        target('two', [aliased()], ['one']),
      ]);
    },
  },
  {
    name: 'unchanged',
    run: (client) => deploy(client, 'unchanged', [target('one', [direct()])]),
  },
  {
    name: 'canary',
    run: async (client, awsEndpoint) => {
      await put(awsEndpoint, 'second');
      return deploy(client, 'canary', [target('one', [aliased({ memorySize: 256 })])]);
    },
  },
  {
    name: 'rolledBack',
    run: async (client, awsEndpoint) => {
      await putBytes(awsEndpoint, new TextEncoder().encode('no zip file'));
      const functions = [
        aliased({ memorySize: 512 }),
        direct({ memorySize: 512 }),
        direct({}, 'new'),
      ];
      return deploy(client, 'rolledBack', [
        target('one', functions),
        target('two', [direct({}, 'other')], ['one']),
      ]);
    },
  },
  {
    name: 'cancelled',
    run: async (client, awsEndpoint) => {
      await put(awsEndpoint, 'third');
      const wanted = plan('cancelled', [target('one', [aliased({ memorySize: 1024 })])]);
      const handle = await start(client, wanted);
      const one = client.workflow.getHandle(targetWorkflowId(wanted.application, 'one'));
      await untilReleasing(one);
      await handle.cancel();
      return ended(handle, wanted);
    },
  },
  {
    name: 'gates',
    run: async (client, awsEndpoint) => {
      await put(awsEndpoint, 'fourth');
      const wanted = gated('gates', [
        { type: 'pause', durationMs: 500 },
        { type: 'setWeight', weight: 25 },
        { type: 'approval', expiresAfterMs: 60_000, requiresRoles: ['sre'] },
        { type: 'setWeight', weight: 100 },
        { type: 'pause', durationMs: 60_000 },
      ]);
      const handle = await start(client, wanted);
      await untilOpen(handle, 'one/before/1', 'one/before/2');
      await handle.signal('approve', 'one/before/1');
      await handle.signal('skipPause', { by: 'alice' });
      await untilOpen(handle, 'one/steps/3');
      await handle.signal('approve', { by: 'eve' });
      await handle.signal('approve', { by: 'alice', role: 'sre', comment: 'fine' });
      await untilOpen(handle, 'one/steps/5');
      await targetOf(client, wanted).executeUpdate('skipPause', { args: [{ by: 'a service' }] });
      await untilOpen(handle, 'one/after/1');
      await targetOf(client, wanted).signal('approve');
      return ended(handle, wanted);
    },
  },
  {
    name: 'rejected',
    run: async (client, awsEndpoint) => {
      await put(awsEndpoint, 'fifth');
      const wanted = gated('rejected', [{ type: 'setWeight', weight: 25 }, { type: 'approval' }]);
      const handle = await start(client, wanted);
      await untilOpen(handle, 'one/before/1', 'one/before/2');
      await handle.signal('approve', 'one/before/1');
      await handle.signal('skipPause');
      await untilOpen(handle, 'one/steps/2');
      await handle.signal('reject', { by: 'bob', comment: 'errors' });
      return ended(handle, wanted);
    },
  },
  {
    name: 'expired',
    run: async (client) => {
      const steps: Step[] = [
        { type: 'setWeight', weight: 25 },
        { type: 'approval', expiresAfterMs: 500 },
      ];
      const one = target('one', [aliased({ memorySize: 768 })]);
      const wanted = { ...plan('expired', [one]), strategies: { canary: { steps } } };
      return ended(await start(client, wanted), wanted);
    },
  },
  {
    name: 'constraintNotMet',
    run: async (client) => {
      const wanted = gated('constraintNotMet', []);
      const handle = await start(client, wanted);
      await untilOpen(handle, 'one/before/1', 'one/before/2');
      await handle.signal('reject', { gate: 'one/before/1' });
      return ended(handle, wanted);
    },
  },
  {
    name: 'takenBackAfterPromotion',
    run: async (client) => {
      const functions = [
        aliased({ memorySize: 640 }),
        direct({ memorySize: 640 }),
        direct({}, 'new'),
      ];
      const one = { ...target('one', functions), afterDeployment: [{ type: 'approval' as const }] };
      const wanted = plan('takenBackAfterPromotion', [one]);
      const handle = await start(client, wanted);
      await untilOpen(handle, 'one/after/1');
      await handle.executeUpdate('rollback', { args: [{ by: 'alice' }] });
      return ended(handle, wanted);
    },
  },
  {
    name: 'decidedByOthers',
    run: async (client, awsEndpoint, others) => {
      await put(awsEndpoint, 'sixth');
      const wanted = decidedByOthers('decidedByOthers', others);
      others.refuseNextCall();
      const handle = await start(client, wanted);
      await untilOpen(handle, 'one/steps/2');
      await targetOf(client, wanted).signal('webhookCallback', {
        gate: 'one/steps/2',
        success: true,
        mdMessage: '**214** passed',
      });
      await untilOpen(handle, 'one/steps/4');
      await handle.signal('approve', { by: 'alice' });
      return ended(handle, wanted);
    },
  },
  {
    name: 'decidedAgainst',
    run: async (client, awsEndpoint, others) => {
      await put(awsEndpoint, 'seventh');
      const wanted = decidedByOthers('decidedAgainst', others);
      const handle = await start(client, wanted);
      await untilOpen(handle, 'one/steps/2');
      await handle.signal('webhookCallback', { success: false });
      return ended(handle, wanted);
    },
  },
  {
    name: 'restored',
    run: async (client) => {
      const restores = [
        { name: 'aliased', alias: 'live', version: '1' },
        { name: 'direct', version: '1' },
      ];
      return deploy(client, 'restored', [{ ...target('one', []), restores }]);
    },
  },
  {
    name: 'queued',
    run: async (client) => {
      const waits: TargetPlan = {
        ...target('one', [direct()]),
        beforeDeployment: [{ type: 'approval' }],
      };
      const handle = await start(client, plan('queued', [waits]));
      await untilOpen(handle, 'one/before/1');
      await enqueue(client, plan('queued', [target('one', [direct()])]));
      await enqueue(client, plan('queued', [target('one', [direct()])]));
      const queue = client.workflow.getHandle(queueWorkflowId('queued'));
      await handle.signal('approve');
      await queue.result();
      await client.workflow.getHandle(handle.workflowId).result();
      return { queue: queue.workflowId };
    },
  },
  {
    name: 'lookedAhead',
    run: async (client) => {
      const wanted = plan('lookedAhead', [
        target('one', [aliased({ memorySize: 2048 }), direct({}, 'unknown')]),
      ]);
      const workflowId = preflightWorkflowId(wanted.application, wanted.deploymentId);
      await client.workflow.execute(PREFLIGHT_WORKFLOW, {
        taskQueue: TASK_QUEUE,
        workflowId,
        args: [wanted],
      });
      return { preflight: workflowId };
    },
  },
  {
    name: 'packageMissing',
    run: (client) => {
      const missing = { ...direct(), package: { bucket: BUCKET, key: 'missing.zip' } };
      return deploy(client, 'packageMissing', [target('one', [missing])]);
    },
  },
  {
    name: 'filledIn',
    run: async (client, awsEndpoint) => {
      await keepSecret(awsEndpoint, 'recorded');
      await put(awsEndpoint, 'eighth');
      const environment = { URL: 'db://app:{{secrets.recorded}}@host' };
      return deploy(client, 'filledIn', [target('one', [aliased({ environment })])]);
    },
  },
  {
    name: 'images',
    run: async (client, awsEndpoint) => {
      const images = await repository(awsEndpoint);
      const functions = (settings: object) => [
        { ...ofImage('imageAliased', settings), alias: 'live' },
        ofImage('imageDirect', settings),
      ];
      await images.put('first');
      await deploy(client, 'imagesBefore', [target('one', functions({}))]);
      await images.put('second');
      const steps: Step[] = [{ type: 'setWeight', weight: 25 }, { type: 'approval' }];
      const one = target('one', functions({ memorySize: 256 }));
      const wanted = { ...plan('images', [one]), strategies: { canary: { steps } } };
      const handle = await start(client, wanted);
      await untilOpen(handle, 'one/steps/2');
      await images.put('third');
      await handle.signal('reject', { by: 'bob' });
      return ended(handle, wanted);
    },
  },
];
