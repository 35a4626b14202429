import { beforeAll, describe, expect, it } from '@jest/globals';
import type { BeforeStep } from '../../src/domain/plan.js';
import { clientScene, workerThroughout } from '../client/clientScene.js';
import { MemoryLambda } from '../support/memoryLambda.js';
import { functionPlan, plan, targetPlan } from '../support/plans.js';
import { until } from '../support/until.js';
import { runIn } from './inProcess.js';

const scene = clientScene();
const HOUR = 3_600_000;
const DEPLOYMENTS: Record<string, BeforeStep[]> = {
  shop: [{ type: 'approval', expiresAfterMs: HOUR, requiresRoles: ['sre'] }],
  mails: [{ type: 'approval' }],
  bills: [{ type: 'pause', durationMs: HOUR }],
  search: [{ type: 'runWebhook', webhook: 'asks', context: {} }],
};
/** By application. */
const ids: Record<string, string> = {};

const deploy = (...args: string[]) => runIn(scene.namespace, ['deploy', ...args]);
const command = (verb: string, application: string, more = '') =>
  `sluice deploy ${verb} -n ${application} -i ${ids[application]} --gate prod/before/1${more}`;

/** What was decided, as the workflow keeps it. */
async function decisionsOf(application: string) {
  const { targets } = await scene.sluice.status(application);
  return targets.flatMap(({ progress, outcome }) => (outcome ?? progress)?.decisions ?? []);
}

describe('what waits', () => {
  workerThroughout(scene, () => new MemoryLambda());
  /** One waits for a role, one for anybody, one for time and one for a callback. */
  beforeAll(async () => {
    for (const [application, beforeDeployment] of Object.entries(DEPLOYMENTS)) {
      const target = targetPlan('prod', {
        functions: [functionPlan(application)],
        beforeDeployment,
      });
      const wanted = plan([target], { application });
      ids[application] = wanted.deploymentId;
      await scene.sluice.start({ plan: wanted, startedBy: 'ana' });
    }
    await until('all were listed where they wait', async () => {
      const { gates } = await scene.sluice.gates();
      return gates.length === 4 || undefined;
    });
  });

  it('is listed with for whom and until when, and with --waiting for people alone, the next deadline first', async () => {
    const { stdout } = await deploy('list');
    expect(stdout).toMatch(
      /^◆ {2}shop .* prod\/before\/1 waits for an approval by sre until \S+Z$/m,
    );
    expect(stdout).toMatch(/^◆ {2}bills .* prod\/before\/1 pauses until \S+Z$/m);
    expect(stdout).toMatch(/^◆ {2}search .* awaiting a callback .* prod\/before\/1 waits for /m);
    const waiting = await deploy('list', '--waiting');
    expect(waiting).toMatchObject({ exitCode: 0, stderr: '' });
    expect(waiting.stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(
        /^◆ {2}shop {3}prod\/before\/1 {2}waits for an approval by sre {2}\S+Z {2}\d+:\d\d left {2}ana$/,
      ),
      `   ${command('approve', 'shop', ' --role sre')}`,
      expect.stringMatching(/^◆ {2}mails {2}prod\/before\/1 {2}waits for an approval .* ana$/),
      `   ${command('approve', 'mails')}`,
    ]);
  });

  it('for an approval is what `approve` without a name shows, and it approves nothing', async () => {
    const { exitCode, stdout, stderr } = await deploy('approve', '--role', 'sre');
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr.split('\n').filter((line) => line.includes('sluice deploy'))).toEqual([
      `    ${command('approve', 'shop', ' --role sre')}`,
      `    ${command('approve', 'mails')}`,
    ]);
    expect(await decisionsOf('shop')).toEqual([]);
    expect(await decisionsOf('mails')).toEqual([]);
  });

  it('for an approval is approved with --all and --yes, but not without a person to ask, each said and kept', async () => {
    const refused = await deploy('approve', '--all', '--role', 'sre');
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('add --yes') });
    expect(await decisionsOf('shop')).toEqual([]);
    const said = ['--role', 'sre', '--by', 'bob', '--comment', 'looks good'];
    const { exitCode, stdout, stderr } = await deploy('approve', '--all', '--yes', ...said);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toBe('shop: prod/before/1: approved\nmails: prod/before/1: approved\n');
    for (const application of ['shop', 'mails']) {
      expect(await scene.sluice.result(application)).toMatchObject({ status: 'succeeded' });
      expect(await decisionsOf(application)).toMatchObject([
        { decision: 'approved', by: 'bob', role: 'sre', comment: 'looks good' },
      ]);
    }
  });

  it('for a callback is answered in its place, which is kept with who said what', async () => {
    expect((await deploy('answer', '-n', 'search')).stderr).toMatch(
      /^Say what came of it: --success/,
    );
    const said = ['--failure', '--by', 'bob', '--comment', '**3** tests fail'];
    const { exitCode, stdout } = await deploy('answer', '-n', 'search', ...said);
    expect([exitCode, stdout]).toEqual([0, 'search: prod/before/1: failed\n']);
    expect(await scene.sluice.result('search')).toMatchObject({
      status: 'failed',
      failures: [{ code: 'webhookFailed', message: expect.stringContaining('**3** tests fail') }],
    });
    expect(await decisionsOf('search')).toMatchObject([
      { decision: 'failed', by: 'bob', comment: '**3** tests fail' },
    ]);
  });
});
