import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TargetProgress } from '../../src/domain/status.js';
import { during, functions, type Parts } from '../support/canary.js';
import { denied, refused } from '../support/deployments.js';
import { EMPTY, hash } from '../support/memoryLambda.js';
import { untilIgnored, untilOpen } from '../support/operator.js';
import { functionPlan, targetPlan } from '../support/plans.js';
import { eventually } from '../support/until.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

/** `h` has no alias; two of its settings change. */
const settings = { ...functionPlan('h').settings, memorySize: 256, timeout: 9 };
const waiting = (...names: string[]) => [
  targetPlan('prod', {
    functions: names.map((name) =>
      functionPlan(name, { settings, ...(name === 'f' && { alias: 'live' }) }),
    ),
    afterDeployment: [{ type: 'approval' }],
  }),
];

const problems = async ({ target }: Parts) =>
  (await target().query<TargetProgress>('status')).problems;

describe('a rollback of which AWS refuses one setting for good', () => {
  it('gives the code and every other setting back first, and is stuck with that one alone', async () => {
    const { outcome, lambda } = await during(
      temporal,
      [],
      async (parts) => {
        const { target, lambda } = parts;
        await untilOpen(target(), 'prod/after/1');
        // All of them together, the first of them, and that one once more.
        lambda.fail('restoreSettings', 'h', refused, 2);
        lambda.fail('restoreSettings', 'h', refused, 1, 1);
        await target().signal('rollback');
        await eventually(async () => expect(await problems(parts)).toMatchObject([refused]));
        const { codeSha256, settings: now } = lambda.get('h').latest;
        expect(codeSha256).toBe(hash('before'));
        expect([now.memorySize, now.timeout]).toEqual([256, EMPTY.timeout]);
        // The old code serves, so nobody has the new one.
        const progress = await target().query<TargetProgress>('status');
        expect(progress.functions).toMatchObject([{ weight: 0, restored: [] }]);
        await target().signal('retry');
      },
      waiting('h'),
    );
    expect(outcome).toMatchObject({ status: 'rolledBack', warnings: [] });
    expect(lambda.get('h').latest.settings).toMatchObject(EMPTY);
  });

  it('ends where an alias carries the traffic, and names what stayed', async () => {
    const { outcome, lambda } = await during(
      temporal,
      [],
      async ({ target, lambda }) => {
        await untilOpen(target(), 'prod/after/1');
        lambda.fail('restoreSettings', 'f', refused, 2);
        lambda.fail('restoreSettings', 'f', refused, 1, 1);
        await target().signal('rollback');
      },
      waiting('f'),
    );
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      warnings: [{ code: 'notRestored', message: refused.message }],
      functions: [{ summary: 'was not put back completely', version: '1' }],
    });
    expect(lambda.get('f').latest).toMatchObject({
      codeSha256: hash('before'),
      settings: { timeout: EMPTY.timeout, memorySize: 256 },
    });
  });
});

describe('an alias whose version somebody has deleted', () => {
  it('goes back to another with the same content, as soon as that can be made', async () => {
    const deleted = { ...refused, code: 'notRestored' as const };
    const { outcome, lambda } = await during(
      temporal,
      [],
      async (parts) => {
        const { target, lambda } = parts;
        await untilOpen(target(), 'prod/after/1');
        lambda.fail('updateAlias', 'f', deleted, 2);
        lambda.fail('restoreSettings', 'f', refused, 5);
        await target().signal('rollback');
        // What keeps it from being made again is told with it.
        const message = Array(3).fill(deleted.message).join(' ');
        await eventually(async () =>
          expect(await problems(parts)).toMatchObject([{ ...deleted, message }]),
        );
        await target().signal('retry');
      },
      waiting('f'),
    );
    expect(outcome).toMatchObject({ status: 'rolledBack', warnings: [] });
    const { aliases, versions, latest } = lambda.get('f');
    expect(latest.settings).toMatchObject(EMPTY);
    const served = versions.find(({ version }) => version === aliases.get('live')?.version);
    expect(served).toMatchObject({ codeSha256: hash('before'), settings: EMPTY });
    expect(served?.version).not.toBe('1');
  });
});

describe('an outcome', () => {
  it('states what AWS says at the end, and not what was meant', async () => {
    const { outcome } = await during(
      temporal,
      [],
      async ({ target, lambda }) => {
        await untilOpen(target(), 'prod/after/1');
        const alias = lambda.get('f').aliases.get('live');
        Object.assign(alias!, { version: '1', revisionId: 'by hand' });
        await target().signal('approve');
      },
      waiting('f'),
    );
    expect(outcome).toMatchObject({
      status: 'deployed',
      functions: [
        {
          version: '1',
          codeSha256: hash('before'),
          readAt: expect.any(String),
          summary: 'was updated as version 2, and alias live serves version 1 by now',
        },
      ],
    });
  });

  it('states nothing that could not be read, and says so', async () => {
    const { outcome } = await during(
      temporal,
      [],
      async ({ target, lambda }) => {
        await untilOpen(target(), 'prod/after/1');
        lambda.fail('readBack', 'f', denied);
        await target().signal('approve');
      },
      waiting('f'),
    );
    expect(outcome).toMatchObject({
      status: 'deployed',
      warnings: [{ code: 'accessDenied', function: 'f' }],
    });
    expect(outcome.functions[0]).not.toHaveProperty('codeSha256');
    expect(outcome.functions[0]).not.toHaveProperty('version');
  });

  it('is not rolledBack while the code of the deployment is there', async () => {
    const { outcome } = await during(
      temporal,
      [],
      async (parts) => {
        const { target, lambda } = parts;
        await untilOpen(target(), 'prod/after/1');
        const rejected = lambda.get('h').latest.codeSha256;
        const held = lambda.hang('readBack', 'h');
        await target().signal('rollback');
        await held;
        lambda.get('h').latest.codeSha256 = rejected;
        lambda.release();
        await eventually(async () =>
          expect(await problems(parts)).toMatchObject([{ code: 'notRestored', function: 'h' }]),
        );
        await target().signal('abandon');
      },
      waiting('h'),
    );
    expect(outcome).toMatchObject({
      status: 'rollbackFailed',
      functions: [{ codeSha256: hash('first') }],
    });
  });

  it('is read while a rollback is not too late', async () => {
    const { outcome } = await during(
      temporal,
      [],
      async ({ target, lambda }) => {
        const held = lambda.hang('readBack', 'f');
        await held;
        await target().signal('rollback');
      },
      [targetPlan('prod', { functions })],
    );
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: { code: 'rollbackRequested' },
      functions: [{ version: '1', codeSha256: hash('before') }],
    });
  });

  it('is about to be when a rollback is asked for too late, and that is said', async () => {
    const { outcome } = await during(
      temporal,
      [],
      async ({ target, lambda }) => {
        await untilOpen(target(), 'prod/after/1');
        const held = lambda.hang('readBack', 'f');
        await target().signal('reject');
        await held;
        await target().signal('rollback');
        expect(await untilIgnored(target(), 'rollback')).toBe(
          'prod is about to end. Ask for the rollback when it has.',
        );
        lambda.release();
      },
      waiting('f'),
    );
    expect(outcome).toMatchObject({ status: 'deployed', failure: { code: 'approvalRejected' } });
  });
});
