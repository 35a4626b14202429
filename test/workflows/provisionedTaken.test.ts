import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TargetProgress } from '../../src/domain/status.js';
import { aliasOf, answering, canary } from '../support/canary.js';
import { denied, refused } from '../support/deployments.js';
import { untilOpen, untilProgress } from '../support/operator.js';
import { course, deploying, provisionedOf, provisioning } from '../support/provisioning.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

describe('a rollback', () => {
  it('takes what the new version has once the old one serves again', async () => {
    const { outcome, lambda } = await deploying(
      temporal,
      { provisionedConcurrency: 20 },
      {
        steps: canary,
        prepare: provisioning({ '1': 8 }),
        act: answering('prod/steps/2', 'reject'),
      },
    );
    expect(outcome).toMatchObject({ status: 'rolledBack', warnings: [] });
    expect(course(lambda).slice(2)).toEqual(['updateAlias f', 'updateAlias f', 'provision f:2 0']);
    expect(provisionedOf(lambda)).toEqual({ '1': 8 });
  });

  it('gives the old version its own back first, where it was taken already', async () => {
    const { outcome, lambda } = await deploying(
      temporal,
      { provisionedConcurrency: 20 },
      {
        prepare: provisioning({ '1': 8 }),
        act: async ({ target, lambda: now }) => {
          await now.hang('readBack', 'f');
          expect(provisionedOf(now)).toEqual({ '2': 20 });
          await target().signal('rollback');
        },
      },
    );
    expect(outcome).toMatchObject({ status: 'rolledBack', warnings: [] });
    expect(course(lambda).slice(4)).toEqual([
      'provision f:1 8',
      'ready f:1 8',
      'updateAlias f',
      'provision f:2 0',
    ]);
  });

  it('is stuck as long as AWS refuses to give it back, and moves no traffic until then', async () => {
    const { outcome } = await deploying(
      temporal,
      {},
      {
        prepare: provisioning({ '1': 8 }),
        act: async ({ target, lambda }) => {
          await lambda.hang('readBack', 'f');
          lambda.fail('provision', 'f', refused);
          await target().signal('rollback');
          const { problems, phase } = await untilProgress(
            target(),
            (progress) => progress.problems.length > 0,
          );
          expect([phase, problems]).toMatchObject(['rollbackStuck', [refused]]);
          expect(aliasOf(lambda)).toMatchObject({ version: '2' });
          const held = lambda.hang('updateAlias', 'f');
          await target().signal('retry');
          await held;
          const progress = await target().query<TargetProgress>('status');
          expect(progress.functions).toMatchObject([{ restored: [] }]);
          lambda.release();
        },
      },
    );
    expect(outcome).toMatchObject({ status: 'rolledBack', warnings: [] });
  });
});

describe('what others have to do with it', () => {
  it('is not overwritten: somebody else has changed that of the old version', async () => {
    const { outcome, lambda } = await deploying(
      temporal,
      {},
      {
        steps: canary,
        prepare: provisioning({ '1': 8 }),
        act: async ({ target, lambda: now }) => {
          await untilOpen(target(), 'prod/steps/2');
          now.get('f').provisioned?.set('1', 30);
          await target().signal('approve');
        },
      },
    );
    expect(outcome).toMatchObject({
      status: 'deployed',
      warnings: [
        {
          code: 'foreignChange',
          message:
            'Someone else changed the provisioned concurrency of version 1 of f during the deployment: it is 30, and 8 or 0 was expected.',
        },
      ],
    });
    expect(provisionedOf(lambda)).toEqual({ '1': 30, '2': 8 });
  });

  it('stays with a version that another alias serves, which the outcome tells with the command', async () => {
    const { outcome, lambda } = await deploying(
      temporal,
      {},
      {
        prepare: (before) => {
          provisioning({ '1': 8 })(before);
          const { aliases } = before.get('f');
          aliases.set('stable', { ...aliases.get('live')!, revisionId: 'other' });
        },
      },
    );
    expect(outcome).toMatchObject({
      status: 'deployed',
      warnings: [
        {
          code: 'concurrencyLeft',
          message: 'Version 1 of f keeps its provisioned concurrency of 8. It serves stable.',
          remedy: expect.stringContaining('--function-name f --qualifier 1'),
        },
      ],
    });
    expect(provisionedOf(lambda)).toEqual({ '1': 8, '2': 8 });
  });

  it('is only told where it cannot be taken from the old version', async () => {
    const { outcome } = await deploying(
      temporal,
      {},
      {
        steps: canary,
        prepare: provisioning({ '1': 8 }),
        act: async ({ target, lambda }) => {
          await untilOpen(target(), 'prod/steps/2');
          lambda.fail('provision', 'f', denied);
          await target().signal('approve');
        },
      },
    );
    expect(outcome).toMatchObject({
      status: 'deployed',
      warnings: [{ code: 'concurrencyLeft', message: expect.stringContaining('AWS denies it.') }],
    });
    expect(outcome.failure).toBeUndefined();
  });

  it('is taken from the old version, too, where something fails after the promotion', async () => {
    const { outcome, lambda } = await deploying(
      temporal,
      {},
      {
        prepare: provisioning({ '1': 8 }),
        waitsAfter: true,
        act: answering('prod/after/1', 'reject'),
      },
    );
    expect(outcome).toMatchObject({ status: 'deployed', failure: { code: 'approvalRejected' } });
    expect(provisionedOf(lambda)).toEqual({ '2': 8 });
  });
});
