import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { root } from '../../dev/setup/paths.js';
import { clientScene } from '../client/clientScene.js';
import { directClient } from '../client/direct.js';
import { until } from '../support/until.js';
import { runIn } from './inProcess.js';

/** Whoever may start workflows in a namespace can write any memo, and people read it. */
const scene = clientScene();

const HOSTILE =
  '\u001b]0;PWNED\u0007\u001b[2J\u001b[31mfine\u001b[0m\u009b31mred\u202egnp\u009d0;t\u009c\nforged line';

/** What a terminal would obey; line breaks are looked at on their own. */
const OBEYED = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const FILE = join(root, 'examples/basic.yaml');
const APPLICATION = 'potatoless-facts';

const run = (...args: string[]) => runIn(scene.namespace, args);

beforeAll(async () => {
  await using temporal = await directClient(scene.namespace);
  const { workflow } = temporal.client;
  const taskQueue = 'nobody';
  await workflow.start('sluiceDeployment', {
    taskQueue,
    workflowId: `sluice:${APPLICATION}`,
    memo: { application: HOSTILE, deploymentId: 'd1', startedBy: HOSTILE, commit: HOSTILE },
  });
  const waiting = { deploymentId: HOSTILE, queuedAt: HOSTILE, startedBy: HOSTILE };
  await workflow.start('sluiceQueue', {
    taskQueue,
    workflowId: `sluice-queue:${APPLICATION}`,
    memo: {
      waiting,
      released: [{ deploymentId: HOSTILE }],
      dropped: [{ ...waiting, reason: 'cancelled', by: { startedBy: HOSTILE, comment: 7 } }],
    },
  });
  await until('it is listed', async () => {
    const { stdout } = await run('deploy', 'list');
    return stdout.includes(APPLICATION) || undefined;
  });
});

describe('a hostile namespace', () => {
  it.each([
    [['deploy', 'start', '-f', FILE]],
    [['deploy', 'list']],
    [['deploy', 'list', '--waiting']],
    [['deploy', 'status', '-n', APPLICATION]],
    [['deploy', 'status', '-i', 'd1']],
    [['deploy', 'history', '-n', APPLICATION]],
    [['deploy', 'rollback', '-n', APPLICATION, '--to', 'd1']],
    [['deploy', 'approve', '-i', HOSTILE]],
    [['deploy', 'cancel', '-n', HOSTILE]],
  ])('says nothing that a terminal would obey, and forges no line: %j', async (args) => {
    const { stdout, stderr } = await run(...args);
    expect(stdout + stderr).not.toBe('');
    expect(stdout + stderr).not.toMatch(OBEYED);
    expect(stdout + stderr).not.toMatch(/^forged line/m);
  });

  it.each(['json', 'yaml'])(
    'is told to scripts as it is, in characters that can be printed: %s',
    async (format) => {
      const conflict = await run('deploy', 'start', '-f', FILE, '-o', format);
      const { stdout } = await run('deploy', 'list', '-o', format);
      for (const text of [conflict.stdout, conflict.stderr, stdout])
        expect(text).not.toMatch(OBEYED);
      const [listed] = parseAllDocuments(stdout).map((one) => one.toJS() as Listed);
      expect(listed?.deployment).toMatchObject({
        application: APPLICATION,
        deploymentId: 'd1',
        startedBy: expect.stringContaining('fine'),
        waiting: { startedBy: expect.stringContaining('fine') },
      });
    },
  );

  it('does not make a command speak of another application', async () => {
    const { stderr } = await run('deploy', 'start', '-f', FILE);
    expect(stderr).toContain(`sluice deploy cancel -n ${APPLICATION} -i '`);
  });
});

interface Listed {
  deployment: { application: string; startedBy: string };
}
