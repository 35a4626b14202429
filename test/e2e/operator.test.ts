import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { executable, tools } from '../../dev/setup/tools.js';
import type { Plan, Step } from '../../src/domain/plan.js';
import { Scene } from '../reliability/scene.js';
import { Stage } from '../reliability/stage.js';
import { uniqueName } from '../support/names.js';
import { untilOpen } from '../support/operator.js';
import { shared } from '../support/shared.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.withWorker();
});
afterAll(async () => {
  await stage.strike();
});

const CANARY: Step[] = [{ type: 'setWeight', weight: 25 }, { type: 'approval' }];

/** What the Temporal UI shows of a running workflow. */
interface Metadata {
  currentDetails: string;
  definition: { signalDefinitions: { name: string; description: string }[] };
}

async function shown(handle: WorkflowHandle): Promise<Metadata> {
  return handle.query<Metadata>('__temporal_workflow_metadata');
}

/** As a person does who copies it into a terminal. */
async function runInShell(command: string): Promise<void> {
  const path = `${dirname(executable(tools.temporalServer))}:${process.env['PATH'] ?? ''}`;
  const env = { PATH: path, TEMPORAL_ADDRESS: shared.temporalAddress, HOME: '/nonexistent' };
  await promisify(execFile)('sh', ['-c', command], { env });
}

function commandFor(verb: string, details: string): string {
  const found = details.split('\n').find((line) => line.includes(`--name ${verb}`));
  if (found === undefined) throw new Error(`No command for ${verb} in:\n${details}`);
  return found;
}

async function waiting(): Promise<{ scene: Scene; plan: Plan; deployment: WorkflowHandle }> {
  const scene = await Scene.make('with an alias', uniqueName('operated'));
  const plan = scene.plan({}, CANARY);
  const deployment = await stage.start(plan);
  await untilOpen(deployment, 'prod/steps/2');
  return { scene, plan, deployment };
}

describe('an operator who sees a deployment in the Temporal UI', () => {
  it('reads what it waits for, and approves with the command that stands there', async () => {
    const { scene, plan, deployment } = await waiting();
    const { currentDetails } = await shown(deployment);
    expect(currentDetails).toContain('**prod/steps/2** waits for an approval.');
    await runInShell(commandFor('approve', currentDetails));
    expect(await stage.ended(plan)).toMatchObject({ status: 'deployed' });
    expect(await scene.isNew()).toBe(true);
  });

  it('reads at the target how far it is, and rejects with the command that stands there', async () => {
    const { scene, plan } = await waiting();
    const { currentDetails } = await shown(stage.target(plan));
    expect(currentDetails).toContain('**prod**: waiting for an approval at prod/steps/2');
    expect(currentDetails).toContain('(step 2 of 2)');
    expect(currentDetails).toContain(
      `${scene.names[0]} (alias live): 25 % on version 2, the rest on version 1`,
    );
    await runInShell(commandFor('reject', currentDetails));
    expect(await stage.ended(plan)).toMatchObject({ failure: { code: 'approvalRejected' } });
    expect(await scene.states()).toEqual(scene.before);
  });

  it('finds every signal described', async () => {
    const { plan, deployment } = await waiting();
    for (const handle of [deployment, stage.target(plan)]) {
      const { definition } = await shown(handle);
      const described = definition.signalDefinitions.filter(({ description }) => description);
      expect(described.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['abandon', 'approve', 'reject', 'retry', 'rollback', 'skipPause']),
      );
    }
    await deployment.signal('reject');
    await stage.ended(plan);
  });

  it('reads in the timeline what each activity and timer is for', async () => {
    const { scene, plan, deployment } = await waiting();
    await deployment.signal('approve');
    await stage.ended(plan);
    const { events = [] } = await stage.target(plan).fetchHistory();
    const steps = events?.filter(
      (event) => event.activityTaskScheduledEventAttributes ?? event.timerStartedEventAttributes,
    );
    const summaries = steps?.map(({ userMetadata }) =>
      Buffer.from(userMetadata?.summary?.data ?? []).toString(),
    );
    expect(summaries).not.toContain('');
    expect(summaries).toContain(`"give version 2 of ${scene.names[0]} 25 % of the traffic"`);
  });

  it('cannot approve the next deployment with the command of this one', async () => {
    const { scene, plan, deployment } = await waiting();
    const late = commandFor('approve', (await shown(deployment)).currentDetails);
    await deployment.signal('reject');
    await stage.ended(plan);
    await stage.start(plan);
    await untilOpen(stage.target(plan), 'prod/steps/2');
    await expect(runInShell(late)).rejects.toThrow(/already completed|not found/i);
    await stage.target(plan).signal('reject');
    expect(await stage.ended(plan)).toMatchObject({ failure: { code: 'approvalRejected' } });
    expect(await scene.states()).toEqual(scene.before);
  });
});

describe('a name that the shell could take for something else', () => {
  it('stays a name in the command', async () => {
    const scene = await Scene.make('with an alias', uniqueName('operated'));
    const application = `$(touch nothing) & ${uniqueName('shop')}`;
    const plan = scene.plan({}, CANARY, { application });
    const deployment = await stage.start(plan);
    await untilOpen(deployment, 'prod/steps/2');
    await runInShell(commandFor('approve', (await shown(deployment)).currentDetails));
    expect(await stage.ended(plan)).toMatchObject({ status: 'deployed' });
  });
});
