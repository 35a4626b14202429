import { describe, expect, it } from '@jest/globals';
import type { DeploymentRecord, TargetStatus } from '../../src/client.js';
import { cancel } from '../../src/client/answers/cancel.js';
import type { Plan, Step, TargetPlan } from '../../src/domain/plan.js';
import { EMPTY, MemoryLambda } from '../support/memoryLambda.js';
import { uniqueName } from '../support/names.js';
import { functionPlan, plan, targetPlan } from '../support/plans.js';
import { startNow } from '../support/startNow.js';
import { eventually, until } from '../support/until.js';
import { clientScene, workerThroughout } from './clientScene.js';
import { directClient } from './direct.js';

const scene = clientScene();
const APPROVAL = [{ type: 'approval' as const }];
const CANARY: Step[] = [{ type: 'setWeight', weight: 25 }, { type: 'approval' }];

const lambda = new MemoryLambda();

/** A function with an alias, which only this test has. */
function oneMore(): string {
  const name = uniqueName('f');
  lambda.put(name, EMPTY, 'live');
  return name;
}

function target(name: string, changes: Partial<TargetPlan> = {}, functionName = oneMore()) {
  return targetPlan(name, {
    functions: [functionPlan(functionName, { alias: 'live' })],
    ...changes,
  });
}

async function started(...targets: TargetPlan[]): Promise<Plan> {
  const strategies = { allAtOnce: { steps: [] }, canary: { steps: CANARY } };
  const wanted = plan(targets, { application: uniqueName('shop'), strategies });
  await startNow(scene.sluice, { plan: wanted });
  return wanted;
}

async function waitsAt({ application }: Plan, ...ids: string[]): Promise<void> {
  await eventually(async () => {
    const { gates } = await scene.sluice.status(application);
    expect(gates.map(({ id }) => id)).toEqual(ids);
  });
}

/** Lists know of a change a moment later. */
async function listed({ application }: Plan, state: string): Promise<DeploymentRecord> {
  return until(`it was listed as ${state}`, async () => {
    for await (const record of scene.sluice.list()) {
      const { phase = record.state } = record;
      if (record.application === application && phase === state) return record;
    }
    return undefined;
  });
}

describe('with a worker', () => {
  workerThroughout(scene, () => lambda);

  describe('a cancellation', () => {
    it('says which targets stay deployed, and where nothing was written', async () => {
      const wanted = await started(
        target('first'),
        target('second', { dependsOn: ['first'], beforeDeployment: APPROVAL }),
        target('third', { dependsOn: ['second'] }),
      );
      const { application } = wanted;
      await waitsAt(wanted, 'second/before/1');
      const answer = await scene.sluice.cancel(application, { by: 'ana', comment: 'too early' });
      expect(answer).toMatchObject({
        verb: 'cancel',
        targets: [
          { target: 'first', effect: 'stays', status: 'deployed' },
          { target: 'second', effect: 'untouched' },
          { target: 'third', effect: 'untouched' },
        ],
      });
      expect(answer.done).toMatch(
        /^The deployment (is being|was) cancelled\. Deployed, and stays so: first\. Nothing was written: second, third\.$/,
      );
      const asked = { decision: 'cancelled', by: 'ana', comment: 'too early', known: 'claimed' };
      expect(await scene.sluice.result(application)).toMatchObject({
        status: 'cancelled',
        counts: { deployed: 1, cancelled: 2 },
        decisions: [asked],
      });
      expect(await scene.sluice.status(application)).toMatchObject({
        state: 'cancelled',
        decisions: [asked],
      });
    });

    it('says what goes back, and so does the status as long as it does', async () => {
      const name = oneMore();
      const wanted = await started(target('prod', { strategy: 'canary' }, name));
      const { application } = wanted;
      await waitsAt(wanted, 'prod/steps/2');
      const held = lambda.hang('restoreCode', name);
      const { done, targets } = await scene.sluice.cancel(application);
      await held;
      expect(targets).toEqual([{ target: 'prod', effect: 'goesBack' }]);
      expect(done).toBe('The deployment is being cancelled. Goes back: prod.');
      expect(await scene.sluice.status(application)).toMatchObject({
        phase: 'cancelling',
        targets: [{ progress: { phase: 'rollingBack' } }],
      });
      expect(await listed(wanted, 'cancelling')).toMatchObject({ state: 'running' });
      lambda.release();
      expect(await scene.sluice.result(application)).toMatchObject({ counts: { rolledBack: 1 } });
    });

    it('says that what has all traffic stays, also while something after it is waited for', async () => {
      const wanted = await started(target('prod', { afterDeployment: APPROVAL }));
      await waitsAt(wanted, 'prod/after/1');
      const { done } = await scene.sluice.cancel(wanted.application);
      expect(done).toMatch(/Deployed, and stays so: prod\.$/);
      expect(await scene.sluice.result(wanted.application)).toMatchObject({
        status: 'cancelled',
        counts: { deployed: 1 },
      });
    });

    it('that comes too late is refused, with how the deployment has ended', async () => {
      const wanted = await started(target('prod', { beforeDeployment: APPROVAL }));
      const { application } = wanted;
      await waitsAt(wanted, 'prod/before/1');
      await using temporal = await directClient(scene.namespace);
      const { workflow } = temporal.client;
      const getHandle = workflow.getHandle.bind(workflow);
      // It is on its way when the deployment ends.
      workflow.getHandle = ((...given: Parameters<typeof getHandle>) =>
        Object.assign(getHandle(...given), {
          signal: async () => {
            await scene.sluice.approve(application);
            await scene.sluice.result(application);
          },
        })) as typeof getHandle;
      const settings = { address: scene.sluice.address, namespace: scene.namespace };
      const link = { client: temporal.client, settings } as Parameters<typeof cancel>[0];
      await expect(cancel(link, application, {})).rejects.toMatchObject({
        code: 'notAccepted',
        message: `The deployment of "${application}" had ended (succeeded) before the cancellation reached it, so it changed nothing.`,
      });
      await expect(scene.sluice.cancel(application)).rejects.toMatchObject({ code: 'notAccepted' });
    });

    it('by Temporal’s own tools is one by nobody that is named', async () => {
      const wanted = await started(target('prod', { beforeDeployment: APPROVAL }));
      await waitsAt(wanted, 'prod/before/1');
      await using temporal = await directClient(scene.namespace);
      await temporal.client.workflow.getHandle(`sluice:${wanted.application}`).cancel();
      expect(await scene.sluice.result(wanted.application)).toMatchObject({
        status: 'cancelled',
        decisions: [{ decision: 'cancelled', known: 'unnamed' }],
      });
    });

    it('is for the whole deployment: of one target it changes nothing', async () => {
      const wanted = await started(target('prod', { beforeDeployment: APPROVAL }));
      await waitsAt(wanted, 'prod/before/1');
      await using temporal = await directClient(scene.namespace);
      const handle = temporal.client.workflow.getHandle(`sluice:${wanted.application}`);
      await handle.signal('cancel', { target: 'prod' });
      await eventually(async () => {
        const { ignored } = await scene.sluice.status(wanted.application);
        expect(ignored).toMatchObject([{ verb: 'cancel' }]);
      });
      await handle.signal('cancel', { by: 'ana' });
      await scene.sluice.result(wanted.application);
    });
  });

  describe('a rollback that somebody asked for', () => {
    it('is no failure in lists: it has its own word, and who wanted it', async () => {
      const wanted = await started(
        target('first'),
        target('second', { dependsOn: ['first'], strategy: 'canary' }),
        target('third', { dependsOn: ['second'] }),
      );
      const { application } = wanted;
      await waitsAt(wanted, 'second/steps/2');
      const { done } = await scene.sluice.rollback(application, { by: 'ana', comment: 'wrong' });
      expect(done).toBe('What has not ended is rolled back. Deployed before, and stays so: first.');
      const counts = { deployed: 1, rolledBack: 1, cancelled: 1 };
      const decisions = [{ decision: 'rollback', by: 'ana', comment: 'wrong' }];
      const outcome = { status: 'rolledBack', counts, decisions };
      expect(await scene.sluice.result(application)).toMatchObject(outcome);
      expect(await scene.sluice.facts(application)).toMatchObject({ state: 'rolledBack' });
      expect(await listed(wanted, 'rolledBack')).toMatchObject({ outcome });
      const found = [];
      for await (const one of scene.sluice.list({ state: 'failed' })) found.push(one.application);
      expect(found).not.toContain(application);
    });

    it('of one target is one as well, with those that depend on it', async () => {
      const wanted = await started(
        target('eu', { beforeDeployment: APPROVAL }),
        target('us', { beforeDeployment: APPROVAL }),
        target('next', { dependsOn: ['eu'] }),
      );
      const { application } = wanted;
      await waitsAt(wanted, 'eu/before/1', 'us/before/1');
      await scene.sluice.rollback(application, { target: 'eu' });
      await waitsAt(wanted, 'us/before/1');
      await scene.sluice.approve(application);
      expect(await scene.sluice.result(application)).toMatchObject({
        status: 'rolledBack',
        counts: { deployed: 1, cancelled: 1, blocked: 1 },
      });
    });

    it.each<[string, string, TargetStatus]>([
      ['when something else failed as well', 'inspectFunction', 'blocked'],
      ['when the rollback was given up', 'updateAlias', 'rollbackFailed'],
    ])('is a failure all the same %s', async (_, activity, status) => {
      const [back, other] = [oneMore(), oneMore()];
      const wanted = await started(
        target('eu', { strategy: 'canary' }, back),
        target('us', { beforeDeployment: APPROVAL }, other),
      );
      const { application } = wanted;
      await waitsAt(wanted, 'eu/steps/2', 'us/before/1');
      const denied = { code: 'accessDenied', message: 'AWS denies it.' } as const;
      lambda.fail('inspectFunction', other, denied, activity === 'inspectFunction' ? 1 : 0);
      lambda.fail('updateAlias', back, denied, activity === 'updateAlias' ? Infinity : 0);
      await scene.sluice.rollback(application, { target: 'eu' });
      await scene.sluice.approve(application, { gate: 'us/before/1' });
      if (activity === 'updateAlias') {
        await waitsAt(wanted, 'eu/rollback');
        await scene.sluice.abandon(application);
      }
      const { counts, ...outcome } = await scene.sluice.result(application);
      expect([outcome.status, counts[status]]).toEqual(['failed', 1]);
    });
  });

  it('a target that goes back by itself is said in the status and in lists', async () => {
    const name = oneMore();
    const wanted = await started(
      target('eu', { strategy: 'canary' }, name),
      target('us', { beforeDeployment: APPROVAL }),
    );
    const { application } = wanted;
    await waitsAt(wanted, 'eu/steps/2', 'us/before/1');
    const held = lambda.hang('restoreCode', name);
    await scene.sluice.reject(application, { gate: 'eu/steps/2' });
    await held;
    expect(await listed(wanted, 'rollingBack')).toMatchObject({ state: 'running' });
    expect(await scene.sluice.status(application)).toMatchObject({ phase: 'rollingBack' });
    await using temporal = await directClient(scene.namespace);
    const { currentDetails } = await temporal.client.workflow
      .getHandle(`sluice:${application}`)
      .query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(currentDetails).toContain(`**${application}**: rolling back eu; targets: 2 running`);
    lambda.release();
    await eventually(async () =>
      expect(await scene.sluice.status(application)).toMatchObject({ phase: 'deploying' }),
    );
    await scene.sluice.reject(application);
    expect(await scene.sluice.result(application)).toMatchObject({ status: 'failed' });
  });
});
