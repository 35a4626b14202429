import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, Runtime, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventBudget } from '../support/eventBudget.js';
import { workflowBundle } from '../support/workflowBundle.js';

const folder = fileURLToPath(new URL('histories', import.meta.url));
const recorded = readdirSync(folder);

let bundle: WorkflowBundleOption;
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  bundle = await workflowBundle();
});

/**
 * Under its own workflow id, which the workflows look at: `<application>.target-<name>.json`, and
 * else `<application>.<what>.json`.
 */
async function replay(file: string, text = textOf(file)): Promise<void> {
  const [application, what = ''] = file.split('.');
  const history = historyFromJSON(JSON.parse(text));
  await Worker.runReplayHistory({ workflowBundle: bundle }, history, idOf(application, what));
}

function idOf(application = '', what = ''): string {
  if (what.startsWith('target-')) return `sluice:${application}:${what.slice('target-'.length)}`;
  return what === 'deployment' ? `sluice:${application}` : `sluice-${what}:${application}`;
}

const textOf = (file: string): string => readFileSync(`${folder}/${file}`, 'utf8');

describe('a deployment that is under way when the workflows change', () => {
  it.each(recorded)('goes on as it began: %s', async (file) => {
    await expect(replay(file)).resolves.toBeUndefined();
  });

  it.each(recorded.filter((file) => file.includes('.target-')))(
    'costs no more events than what happened in it: %s',
    (file) => {
      const history = historyFromJSON(JSON.parse(textOf(file)));
      expect(history.events?.length).toBeLessThanOrEqual(eventBudget(history));
    },
  );

  it('would be noticed if it did not', async () => {
    const file = 'canary.target-one.json';
    const other = textOf(file).replaceAll('"updateAlias"', '"createAlias"');
    await expect(replay(file, other)).rejects.toThrow();
  });

  it('is recorded in every shape, of both workflows', () => {
    expect(recorded).toContain('rolledBack.target-one.json');
    expect(recorded).toContain('gates.target-one.json');
    expect(recorded).toContain('created.deployment.json');
  });
});
