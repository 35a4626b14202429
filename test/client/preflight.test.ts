import { afterEach, describe, expect, it } from '@jest/globals';
import { connect, hasChanges, wouldFail } from '../../src/client.js';
import { activityFailure } from '../../src/activities/awsFailure.js';
import { preflightWorkflowId, TASK_QUEUE } from '../../src/domain/names.js';
import { denied } from '../support/deployments.js';
import { EMPTY, hash, MemoryLambda } from '../support/memoryLambda.js';
import { makeNamespace } from '../support/namespace.js';
import { uniqueName } from '../support/names.js';
import { plan, targetPlan } from '../support/plans.js';
import { shared } from '../support/shared.js';
import { directClient, endAll } from './direct.js';
import { clientScene } from './clientScene.js';

const scene = clientScene();
afterEach(() => endAll(scene.namespace));

const wanted = (...targets: Parameters<typeof plan>[0]) =>
  plan(targets, { application: uniqueName('shop') });

describe('asking what a deployment would change', () => {
  it('is answered in one object, also for more targets than one result holds', async () => {
    const lambda = new MemoryLambda();
    lambda.put('f0', EMPTY).latest.codeSha256 = hash('first');
    const targets = Array.from({ length: 51 }, (_, index) =>
      targetPlan(`t${index}`, { functionNames: [`f${index}`] }),
    );
    const given = wanted(...targets);
    const preflight = await scene.workers.with(lambda, () => scene.sluice.plan({ plan: given }));
    expect(preflight.targets.map(({ target }) => target)).toEqual(targets.map(({ name }) => name));
    expect(preflight).toMatchObject({
      application: given.application,
      deploymentId: given.deploymentId,
      counts: { create: 50, unchanged: 1, problems: 0 },
      problems: [],
    });
    expect([hasChanges(preflight), wouldFail(preflight)]).toEqual([true, false]);
  });

  it('tells what depends on a target that would fail, and the deployment that runs', async () => {
    const lambda = new MemoryLambda();
    lambda.fail('inspectPlace', 'first', denied);
    const given = wanted(
      targetPlan('last', { dependsOn: ['middle'] }),
      targetPlan('middle', { dependsOn: ['first'] }),
      targetPlan('first'),
    );
    await scene.sluice.start({
      plan: { ...given, deploymentId: plan([]).deploymentId },
      startedBy: 'ana',
    });
    const running = lambda.hang('inspectFunction', 'orders');
    const waiting = { ...given, ifDeploymentInProgress: 'enqueueOne' } as const;
    const [preflight, later] = await scene.workers.with(lambda, async () => {
      await running;
      const found = await scene.sluice.plan({ plan: given });
      const whileWaiting = await scene.sluice.plan({ plan: waiting });
      lambda.release();
      return [found, whileWaiting] as const;
    });
    expect(preflight.inProgress).toMatchObject({ state: 'running', startedBy: 'ana' });
    expect(preflight.problems).toMatchObject([
      { code: 'conflict', message: expect.stringContaining('started by ana') },
    ]);
    const codes = preflight.targets.map(({ target, problems }) => [target, problems[0]?.code]);
    expect(codes).toEqual([
      ['last', 'dependencyFailed'],
      ['middle', 'dependencyFailed'],
      ['first', 'accessDenied'],
    ]);
    expect([preflight.counts.problems, preflight.warnings]).toEqual([4, []]);
    expect(later).toMatchObject({ problems: [], counts: { problems: 0, warnings: 1 } });
    expect(later.warnings).toEqual([
      {
        code: 'deploymentInProgress',
        message: expect.stringMatching(/started by ana at \d{4}-.*may be another version/),
      },
    ]);
  });

  it('tells what the worker lacks for the plan as a problem', async () => {
    const lambda = new MemoryLambda();
    const failure = { code: 'invalidPlan', message: 'It has no callbacks.' } as const;
    lambda.activities.checkPlan = () =>
      Promise.reject(activityFailure(failure, { retryable: false }));
    const preflight = await scene.workers.with(lambda, () =>
      scene.sluice.plan({ plan: wanted(targetPlan('t')) }),
    );
    expect(preflight).toMatchObject({ problems: [failure], targets: [], counts: { problems: 1 } });
  });

  it('is given up by whoever asks, and then nothing goes on', async () => {
    const lambda = new MemoryLambda();
    const reached = lambda.hang('inspectFunction', 'orders');
    const left = new AbortController();
    const given = wanted(targetPlan('t'));
    await scene.workers.with(lambda, async () => {
      const asked = scene.sluice.plan({ plan: given, signal: left.signal });
      await reached;
      left.abort();
      await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    });
    await using temporal = await directClient(scene.namespace);
    const id = preflightWorkflowId(given.application, given.deploymentId);
    const { status } = await temporal.client.workflow.getHandle(id).describe();
    expect(status.name).toBe('TERMINATED');
  });

  it('is answered with a sentence when no worker runs', async () => {
    const elsewhere = await makeNamespace();
    const alone = await connect({ address: shared.temporalAddress, namespace: elsewhere });
    await expect(alone.plan({ plan: wanted(targetPlan('t')) })).rejects.toMatchObject({
      code: 'unanswered',
      message: expect.stringContaining(`Nothing polls the task queue "${TASK_QUEUE}"`),
    });
    await alone.close();
  });
});
