import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Step } from '../../src/domain/plan.js';
import { aliasOf, answering } from '../support/canary.js';
import { hash, type MemoryLambda } from '../support/memoryLambda.js';
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

describe('the provisioned concurrency that a plan names', () => {
  it('is there before the new version gets any traffic, and is taken from the old one at the end', async () => {
    const steps: Step[] = [{ type: 'setWeight', weight: 10 }];
    const { outcome, lambda } = await deploying(
      temporal,
      { provisionedConcurrency: 20 },
      { steps, prepare: provisioning({ '1': 8 }) },
    );
    expect(outcome).toMatchObject({
      status: 'deployed',
      warnings: [],
      functions: [{ version: '2', provisionedConcurrency: 20 }],
    });
    expect(course(lambda)).toEqual([
      'provision f:2 20',
      'ready f:2 20',
      'updateAlias f',
      'updateAlias f',
      'provision f:1 0',
    ]);
    expect(provisionedOf(lambda)).toEqual({ '2': 20 });
  });

  it('is not asked for while people decide whether there is to be any traffic', async () => {
    const steps: Step[] = [{ type: 'setWeight', weight: 0 }, { type: 'approval' }];
    const { lambda } = await deploying(
      temporal,
      { provisionedConcurrency: 20 },
      {
        steps,
        act: async ({ target, lambda: now }) => {
          await untilOpen(target(), 'prod/steps/2');
          expect(provisionedOf(now)).toEqual({});
          await target().signal('reject');
        },
      },
    );
    expect(lambda.writes.filter((one) => one.startsWith('provision'))).toEqual([]);
  });

  it('is waited for, and the status says so', async () => {
    let waiting: Promise<void> | undefined;
    const { outcome } = await deploying(
      temporal,
      { provisionedConcurrency: 20 },
      {
        prepare: (lambda) => {
          waiting = lambda.hang('awaitProvisioned', 'f');
        },
        act: async ({ target, lambda }) => {
          await waiting;
          const { activity, notices, timeLeftMs } = await untilProgress(
            target(),
            (progress) => progress.notices.length > 0,
          );
          expect(activity).toBe('waiting for the provisioned concurrency of f');
          expect(notices).toEqual([
            'Version 2 of f gets no traffic before AWS has its provisioned concurrency of 20 ready.',
          ]);
          expect(timeLeftMs).toBeLessThanOrEqual(60_000);
          expect(aliasOf(lambda)).toMatchObject({ version: '1', weights: {} });
          lambda.release();
        },
      },
    );
    expect(outcome.status).toBe('deployed');
  });

  it('goes back with everything else where AWS cannot allocate it', async () => {
    const failure = { code: 'updateFailed', message: 'AWS could not allocate it.' } as const;
    const { outcome, lambda } = await deploying(
      temporal,
      { provisionedConcurrency: 20 },
      {
        steps: [{ type: 'setWeight', weight: 10 }],
        prepare: (before) => {
          provisioning({ '1': 8 })(before);
          before.fail('awaitProvisioned', 'f', failure);
        },
      },
    );
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure,
      warnings: [],
      functions: [{ summary: 'is as it was before' }],
    });
    expect(course(lambda)).toEqual(['provision f:2 20', 'provision f:2 0']);
    expect(provisionedOf(lambda)).toEqual({ '1': 8 });
  });

  it('of 0 is taken away at the end, and none is given', async () => {
    const { lambda } = await deploying(
      temporal,
      { provisionedConcurrency: 0 },
      { prepare: provisioning({ '1': 8 }) },
    );
    expect(course(lambda)).toEqual(['updateAlias f', 'provision f:1 0']);
  });

  it('is there before an alias is created', async () => {
    const { outcome, lambda } = await deploying(temporal, {
      alias: 'next',
      provisionedConcurrency: 20,
    });
    expect(outcome.status).toBe('deployed');
    expect(course(lambda)).toEqual(['provision f:2 20', 'ready f:2 20', 'createAlias f']);
  });

  it('is taken away again with the alias that was created', async () => {
    const { outcome, lambda } = await deploying(
      temporal,
      { alias: 'next', provisionedConcurrency: 20 },
      {
        waitsAfter: true,
        act: answering('prod/after/1', 'rollback'),
      },
    );
    expect(outcome).toMatchObject({ status: 'rolledBack', warnings: [] });
    expect(course(lambda).slice(3)).toEqual(['removeAlias f', 'provision f:2 0']);
    expect(provisionedOf(lambda)).toEqual({});
  });
});

describe('a function of which nothing but the provisioned concurrency differs', () => {
  const isAsPlanned = (lambda: MemoryLambda) => {
    const found = lambda.get('f');
    for (const one of [found.latest, ...found.versions]) one.codeSha256 = hash('first');
  };
  const prepare = (lambda: MemoryLambda) => {
    isAsPlanned(lambda);
    provisioning({ '1': 8 })(lambda);
  };

  it('gets it at the version that serves, and nothing else is written', async () => {
    const { outcome, lambda } = await deploying(
      temporal,
      { provisionedConcurrency: 20 },
      { prepare },
    );
    expect(outcome).toMatchObject({ status: 'deployed', functions: [{ version: '1' }] });
    expect(lambda.writes).toEqual(['provision f:1 20', 'ready f:1 20']);
  });

  it('loses it where the plan says 0', async () => {
    const { lambda } = await deploying(temporal, { provisionedConcurrency: 0 }, { prepare });
    expect(lambda.writes).toEqual(['provision f:1 0']);
  });

  it('has the number of before again after a rollback', async () => {
    const { outcome, lambda } = await deploying(
      temporal,
      { provisionedConcurrency: 20 },
      {
        prepare,
        waitsAfter: true,
        act: answering('prod/after/1', 'rollback'),
      },
    );
    expect(outcome).toMatchObject({ status: 'rolledBack', warnings: [] });
    expect(lambda.writes.slice(2)).toEqual(['provision f:1 8', 'ready f:1 8']);
  });

  it('is unchanged where that is as planned, too', async () => {
    const { outcome, lambda } = await deploying(
      temporal,
      { provisionedConcurrency: 8 },
      { prepare },
    );
    expect(outcome.status).toBe('unchanged');
    expect(lambda.writes).toEqual([]);
  });
});

describe('a plan that names no provisioned concurrency', () => {
  it('carries what the alias has from version to version', async () => {
    const { lambda } = await deploying(temporal, {}, { prepare: provisioning({ '1': 8 }) });
    expect(course(lambda)).toEqual([
      'provision f:2 8',
      'ready f:2 8',
      'updateAlias f',
      'provision f:1 0',
    ]);
  });

  it('asks for none where there was none', async () => {
    const { lambda } = await deploying(temporal, {});
    expect(course(lambda)).toEqual(['updateAlias f']);
  });
});

describe('an alias that has provisioned concurrency of its own', () => {
  const steps: Step[] = [{ type: 'setWeight', weight: 10 }];

  it.each([
    ['a split of its traffic', {}, steps],
    ['some for the version', { provisionedConcurrency: 20 }, []],
  ])(
    'is found before the first write where the deployment needs %s',
    async (_, changes, wanted) => {
      const { outcome, lambda } = await deploying(temporal, changes, {
        steps: wanted,
        prepare: provisioning({ live: 8 }),
      });
      expect(outcome).toMatchObject({ status: 'blocked', failure: { code: 'splitImpossible' } });
      expect(outcome.failure?.remedy).toContain(
        'aws lambda put-provisioned-concurrency-config --region us-east-1 --function-name f --qualifier 1 --provisioned-concurrent-executions 8',
      );
      expect(lambda.writes).toEqual([]);
    },
  );

  it('goes its way as ever where all traffic moves at once', async () => {
    const { outcome } = await deploying(temporal, {}, { prepare: provisioning({ live: 8 }) });
    expect(outcome.status).toBe('deployed');
  });
});
