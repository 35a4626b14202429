import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('histories', import.meta.url));
const workflowsPath = fileURLToPath(new URL('../../src/workflows/index.ts', import.meta.url));
const recorded = readdirSync(folder);

let workflowBundle: { code: string };
beforeAll(async () => {
  const logger = new DefaultLogger('ERROR');
  Runtime.install({ logger });
  workflowBundle = await bundleWorkflowCode({ workflowsPath, logger });
});

async function replay(text: string): Promise<void> {
  await Worker.runReplayHistory({ workflowBundle }, historyFromJSON(JSON.parse(text)));
}

const textOf = (file: string): string => readFileSync(`${folder}/${file}`, 'utf8');

describe('a deployment that is under way when the workflows change', () => {
  it.each(recorded)('goes on as it began: %s', async (file) => {
    await expect(replay(textOf(file))).resolves.toBeUndefined();
  });

  it('would be noticed if it did not', async () => {
    const other = textOf('canary.target-one.json').replaceAll('"updateAlias"', '"createAlias"');
    await expect(replay(other)).rejects.toThrow();
  });

  it('is recorded in every shape, of both workflows', () => {
    expect(recorded).toContain('rolledBack.target-one.json');
    expect(recorded).toContain('created.deployment.json');
  });
});
