import { describe, expect, it } from '@jest/globals';
import type { FunctionPlan, Plan } from '../../src/domain/plan.js';
import { directClient } from '../client/direct.js';
import { EMPTY, MemoryLambda } from '../support/memoryLambda.js';
import { uniqueName } from '../support/names.js';
import { functionPlan, plan, targetPlan } from '../support/plans.js';
import { startNow } from '../support/startNow.js';
import { eventually } from '../support/until.js';
import { watch } from '../../src/cli/commands/watch.js';
import { createPresenter } from '../../src/cli/presenter/createPresenter.js';
import type { TerminalText } from '../../src/domain/terminalText.js';
import { clientScene } from '../client/clientScene.js';
import { KeptConsole } from './keptConsole.js';

const scene = clientScene();

const denied = { code: 'accessDenied', message: 'The role lacks a permission.' } as const;
const refused = { code: 'settingsRejected', message: 'AWS does not like it.' } as const;

/** Watches a deployment of one function, and says what was seen and why the watch ended. */
async function watched(
  lambda: MemoryLambda,
  changes: Partial<FunctionPlan> = {},
  meanwhile = async (_id: string, _said: () => string) => {},
  planned: Partial<Plan> = {},
) {
  let text = '';
  const say = ({ text: more }: TerminalText) => void (text += more);
  const console = Object.assign(new KeptConsole(), { out: say, err: say, drawable: false });
  const functions = [functionPlan('f', changes)];
  const application = uniqueName('shop');
  const wanted = plan([targetPlan('prod', { functions })], { application, ...planned });
  const presenter = await createPresenter('text', console, scene.sluice);
  return scene.workers.with(lambda, async () => {
    const started = await startNow(scene.sluice, { plan: wanted });
    const [reason] = await Promise.all([
      watch({ sluice: scene.sluice, presenter }, started, console),
      meanwhile(started.workflowId, () => text),
    ]);
    presenter.close();
    return { reason, text, application };
  });
}

describe('the watch of a deployment', () => {
  it('that succeeds', async () => {
    const { reason, text, application } = await watched(new MemoryLambda(), { alias: 'live' });
    expect(reason).toBe('succeeded');
    expect(text).toMatch(/prod: deployed after 0:0\d \(f was created as version 1 and alias live/);
    expect(text).toMatch(new RegExp(`${application}: succeeded after \\d:\\d\\d: 1 deployed\n$`));
  });

  it('that fails and is rolled back', async () => {
    const lambda = new MemoryLambda();
    lambda.fail('createAlias', 'f', refused);
    const { reason, text } = await watched(lambda, { alias: 'live' });
    expect(reason).toBe('failed');
    expect(text).toContain('prod: AWS does not like it.');
    expect(text).toMatch(/failed after \d:\d\d: 1 rolled back\n$/);
  });

  it('that is cancelled', async () => {
    const lambda = new MemoryLambda();
    const hangs = lambda.hang('inspectFunction', 'f');
    const { reason, text } = await watched(lambda, {}, async (id) => {
      await hangs;
      await using temporal = await directClient(scene.namespace);
      await temporal.client.workflow.getHandle(id).cancel();
    });
    expect(reason).toBe('cancelled');
    expect(text).toMatch(/cancelled after \d:\d\d: 1 cancelled\n$/);
  });

  it('whose rollback is stuck, which ends it although the deployment goes on', async () => {
    const lambda = new MemoryLambda();
    lambda.put('f', EMPTY);
    lambda.fail('updateCode', 'f', refused);
    lambda.fail('restoreSettings', 'f', denied, Infinity);
    const { settings } = functionPlan('f');
    const { reason, text } = await watched(lambda, { settings: { ...settings, memorySize: 512 } });
    expect(reason).toBe('rollbackFailed');
    expect(text).toContain('prod: rollback stuck: ');
    expect(text).toContain('prod: The role lacks a permission.');
    expect(text).toMatch(/To try at once: sluice deploy retry -n \S+ -i \S+ --gate prod\/rollback/);
  });

  it('that waits for an approval tells how to give it, and who gave it', async () => {
    const lambda = new MemoryLambda();
    lambda.put('f', EMPTY, 'live');
    const steps = [{ type: 'setWeight', weight: 25 }, { type: 'approval' }] as const;
    const strategies = { allAtOnce: { steps: [...steps] } };
    const { reason, text } = await watched(
      lambda,
      { alias: 'live' },
      async (id, said) => {
        await eventually(() => expect(said()).toContain('To approve: sluice deploy approve'));
        await using temporal = await directClient(scene.namespace);
        await temporal.client.workflow.getHandle(id).signal('approve', { by: 'ana' });
      },
      { strategies },
    );
    expect(reason).toBe('succeeded');
    expect(text).toContain('awaiting approval\n');
    expect(text).toMatch(
      /prod\/steps\/2, step 2 of 2 \(f 25 % on version 2, 75 % on version 1, seen at \S+Z\)/,
    );
    expect(text).toContain('prod: prod/steps/2 was approved by ana\n');
  });
});
