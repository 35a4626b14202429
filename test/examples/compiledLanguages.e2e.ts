import { randomUUID } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { root } from '../../dev/setup/paths.js';
import { readDeployment } from '../../src/config/index.js';
import { DEPLOYMENT_WORKFLOW, deploymentWorkflowId, TASK_QUEUE } from '../../src/domain/names.js';
import type { DeploymentOutcome } from '../../src/domain/outcomes.js';
import type { Plan } from '../../src/domain/plan.js';
import { endAll } from '../client/direct.js';
import { blocksOf } from '../docs/support/blocks.js';
import { AwsPlace } from '../support/awsPlace.js';
import { deploymentFile } from '../support/deploymentFile.js';
import { runExample } from '../support/docsExample.js';
import { untilOpen } from '../support/operator.js';
import type { Ran } from '../cli/inProcess.js';
import { System } from '../support/system.js';

/** As the commands of docs/integrating.md name them. */
const APPLICATION = 'checkout-us-east';
const GATE = 'production/steps/2';

interface Language {
  name: string;
  folder: string;
  /** What it is built with. */
  programs: [string, ...string[]];
  /** What it says where it cannot be built for a reason outside of the example. */
  outside: RegExp;
}

const LANGUAGES: Language[] = [
  {
    name: 'Go',
    folder: 'go',
    programs: ['go'],
    outside: /: (Get|reading) "?https?:|module lookup disabled|requires go >=|invalid go version/,
  },
  {
    name: 'Java',
    folder: 'java',
    programs: ['mvn', 'javac'],
    outside: /(Could not|[Ff]ailed to) transfer|in offline mode|release version \d+ not supported/,
  },
];

let system: System;
let place: AwsPlace;
beforeAll(async () => {
  system = await System.withWorker();
});
beforeEach(async () => {
  place = await AwsPlace.make();
});
afterEach(() => endAll(system.namespace));
afterAll(() => system.stop());

const deployment = () => system.client.workflow.getHandle(deploymentWorkflowId(APPLICATION));

function isThere(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

/** The plan of a canary that waits at the gate. */
function waiting(): Plan {
  const steps = [{ setWeight: 25 }, { pause: { untilApproved: true } }, { setWeight: 100 }];
  const text = deploymentFile(
    APPLICATION,
    [{ name: 'production', place, functionName: APPLICATION, alias: 'live', strategy: 'steps' }],
    { strategies: { steps: { canary: { steps } } } },
  );
  return readDeployment(text, { deploymentId: 'as-the-file-was-read' }).plan!;
}

interface Example extends Language {
  /** A copy of its folder, in which it was built; empty where it could not be. */
  copy: string;
  /** What starts a deployment with it, and what approves that. */
  commands: [start: string, approve: string];
  /** Why its tests are skipped; empty where they are not. */
  skipped: string;
}

/** The first time, an SDK is downloaded and compiled. */
const BUILD_LIMIT_MS = 10 * 60_000;

async function built(language: Language): Promise<Example> {
  const { folder, programs } = language;
  const block = blocksOf('docs/integrating.md').find(({ text }) => text.startsWith(programs[0]));
  const [build = '', start = '', approve = ''] = (block?.text ?? '').split('\n');
  const example = { ...language, commands: [start, approve] as [string, string] };
  const missing = programs.find((program) => !isThere(program));
  if (missing !== undefined)
    return { ...example, copy: '', skipped: `: there is no ${missing} here` };
  const copy = await mkdtemp(join(tmpdir(), 'sluice-example-'));
  await cp(join(root, 'examples', folder), copy, { recursive: true });
  if (await isBuilt(language, copy, build)) return { ...example, copy, skipped: '' };
  await rm(copy, { recursive: true });
  return { ...example, copy: '', skipped: ': it cannot be built here' };
}

/** Fails where the example is to blame. */
async function isBuilt({ outside }: Language, copy: string, build: string): Promise<boolean> {
  const text = `timeout ${BUILD_LIMIT_MS / 1000} ${build}`;
  const { exitCode, stdout, stderr } = await runExample(copy, { language: 'sh', text }, {});
  if (exitCode !== 0) expect(stdout + stderr).toMatch(outside);
  return exitCode === 0;
}

// What can be built has to be known before its tests are: jest skips none that has begun.
const examples: Example[] = [];
for (const language of LANGUAGES) examples.push(await built(language));

describe.each(examples)('the example in $name$skipped', ({ copy, commands, skipped }) => {
  const [start, approve] = commands;
  const itIfBuilt = skipped === '' ? it : it.skip;

  const run = (text: string): Promise<Ran> =>
    runExample(copy, { language: 'sh', text }, system.environment);

  beforeEach(async () => {
    await writeFile(join(copy, 'plan.json'), JSON.stringify(waiting()));
  });
  afterAll(() => rm(copy, { recursive: true }));

  itIfBuilt('starts a deployment, approves it, and prints how it ended', async () => {
    await place.put(`${APPLICATION}.zip`, 'first');
    const started = run(start);
    await untilOpen(deployment(), GATE);
    const { memo, runId } = await deployment().describe();
    expect(memo).toMatchObject({
      schemaVersion: 1,
      application: APPLICATION,
      startedBy: 'release-bot',
      commit: '4f2e9c1',
    });
    // An answer to another run is none to this one.
    expect(await run(`${approve} ${randomUUID()}`)).toMatchObject({ exitCode: 1 });
    expect(await run(`${approve} ${runId}`)).toMatchObject({ exitCode: 0, stdout: '' });
    const { exitCode, stdout, stderr } = await started;
    const deploymentId = String(memo?.['deploymentId']);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: expect.stringContaining(`Started ${deploymentId} as run ${runId}.\n`),
    });
    expect(JSON.parse(stdout) as DeploymentOutcome).toMatchObject({
      deploymentId,
      status: 'succeeded',
      counts: { deployed: 1 },
    });
    expect(await system.targetOutcome(APPLICATION, 'production')).toMatchObject({
      decisions: [{ gate: GATE, decision: 'approved', by: 'alice' }],
    });
    expect((await place.holds(APPLICATION, 'live'))?.alias).toEqual({ version: '1', weights: {} });
  });

  itIfBuilt('prints the outcome of what did not succeed, too', async () => {
    await place.putBytes(`${APPLICATION}.zip`, new TextEncoder().encode('no zip file'));
    const { exitCode, stdout } = await run(start);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout) as DeploymentOutcome).toMatchObject({
      status: 'failed',
      failures: [{ target: 'production', code: 'packageRejected' }],
    });
    expect(await place.holds(APPLICATION)).toBeUndefined();
  });

  itIfBuilt(
    'says in a sentence which run is deploying already, and leaves that alone',
    async () => {
      await place.put(`${APPLICATION}.zip`, 'first');
      const workflowId = deploymentWorkflowId(APPLICATION);
      const other = { workflowId, taskQueue: TASK_QUEUE, args: [waiting()] };
      await system.client.workflow.start(DEPLOYMENT_WORKFLOW, other);
      await untilOpen(deployment(), GATE);
      const { runId } = await deployment().describe();
      const { exitCode, stdout, stderr } = await run(start);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toMatch(`${APPLICATION} is being deployed already, by run ${runId}\n`);
      expect(await deployment().describe()).toMatchObject({ runId, status: { name: 'RUNNING' } });
    },
  );
});
