import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FunctionPlan } from '../../src/domain/plan.js';
import { answering, canary, type Parts } from '../support/canary.js';
import { hash, type MemoryLambda } from '../support/memoryLambda.js';
import { functionPlan } from '../support/plans.js';
import { deploying, provisionedOf, provisioning } from '../support/provisioning.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

/** Version 1 serves, with 8 of 8 reserved environments kept ready. */
function prepare(lambda: MemoryLambda): void {
  provisioning({ '1': 8 })(lambda);
  lambda.get('f').wide = { reservedConcurrency: 8, recursiveLoop: 'Allow' };
}

function whole(lambda: MemoryLambda) {
  const { wide, latest, aliases } = lambda.get('f');
  const { codeSha256, settings } = latest;
  const { version, weights } = aliases.get('live')!;
  return {
    provisioned: provisionedOf(lambda),
    wide,
    codeSha256,
    memorySize: settings.memorySize,
    alias: { version, weights },
  };
}

const BEFORE = {
  provisioned: { '1': 8 },
  wide: { reservedConcurrency: 8, recursiveLoop: 'Allow' },
  codeSha256: hash('before'),
  alias: { version: '1', weights: {} },
};

const MORE: Partial<FunctionPlan> = {
  settings: { ...functionPlan('f').settings, memorySize: 1024 },
  provisionedConcurrency: 20,
  functionWide: { reservedConcurrency: 28, recursiveLoop: 'Terminate' },
};

describe('code, settings, what belongs to the function and provisioned concurrency, changed at once', () => {
  it('are deployed: more is reserved before the new version is given its own', async () => {
    const { outcome, lambda } = await deploying(temporal, MORE, { prepare });
    expect(outcome).toMatchObject({
      status: 'deployed',
      warnings: [],
      functions: [
        {
          version: '2',
          provisionedConcurrency: 20,
          summary:
            'was updated as version 2 and alias live serves it; its reserved concurrency and handling of recursive loops changed',
        },
      ],
    });
    expect(lambda.writes).toEqual([
      'updateSettings f',
      'updateCode f',
      'updateWide f reservedConcurrency',
      'updateWide f recursiveLoop',
      'provision f:2 20',
      'ready f:2 20',
      'updateAlias f',
      'provision f:1 0',
    ]);
    expect(whole(lambda)).toEqual({
      provisioned: { '2': 20 },
      wide: MORE.functionWide,
      codeSha256: hash('first'),
      memorySize: 1024,
      alias: { version: '2', weights: {} },
    });
  });

  it('go back to what they were: less is reserved again when the new version has lost its own', async () => {
    const { outcome, lambda } = await deploying(temporal, MORE, {
      steps: canary,
      act: answering('prod/steps/2', 'reject'),
      prepare,
    });
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      warnings: [],
      functions: [{ summary: 'is as it was before' }],
    });
    expect(lambda.writes.slice(7)).toEqual([
      'updateAlias f',
      'provision f:2 0',
      'updateWide f reservedConcurrency',
      'updateWide f recursiveLoop',
      'restoreSettings f',
      'restoreCode f',
    ]);
    expect(whole(lambda)).toMatchObject(BEFORE);
  });
});

describe('less that is reserved than both versions have together', () => {
  const less: Partial<FunctionPlan> = {
    provisionedConcurrency: 2,
    functionWide: { reservedConcurrency: 4 },
  };
  const withTen = (lambda: MemoryLambda) => {
    prepare(lambda);
    lambda.get('f').wide = { reservedConcurrency: 10 };
  };
  const before = { ...BEFORE, wide: { reservedConcurrency: 10 } };
  const rollback = async ({ target, lambda }: Parts) => {
    await lambda.hang('readBack', 'f');
    await target().signal('rollback');
  };

  it('is written when the old version has lost its own', async () => {
    const { outcome, lambda } = await deploying(temporal, less, { prepare: withTen });
    expect(outcome).toMatchObject({ status: 'deployed', warnings: [] });
    expect(lambda.writes.slice(-3)).toEqual([
      'updateAlias f',
      'provision f:1 0',
      'updateWide f reservedConcurrency',
    ]);
    expect(whole(lambda)).toMatchObject({
      provisioned: { '2': 2 },
      wide: { reservedConcurrency: 4 },
    });
  });

  it('is more again before the old version gets its own back', async () => {
    const { outcome, lambda } = await deploying(temporal, less, {
      act: rollback,
      prepare: withTen,
    });
    expect(outcome).toMatchObject({ status: 'rolledBack', warnings: [] });
    expect(lambda.writes.slice(6)).toEqual([
      'updateWide f reservedConcurrency',
      'provision f:1 8',
      'ready f:1 8',
      'updateAlias f',
      'provision f:2 0',
      'restoreCode f',
    ]);
    expect(whole(lambda)).toMatchObject(before);
  });

  it('is written also where something fails after the promotion', async () => {
    const { outcome, lambda } = await deploying(temporal, less, {
      waitsAfter: true,
      act: answering('prod/after/1', 'reject'),
      prepare: withTen,
    });
    expect(outcome).toMatchObject({ status: 'deployed', failure: { code: 'approvalRejected' } });
    expect(whole(lambda)).toMatchObject({ wide: { reservedConcurrency: 4 } });
  });
});

describe('what was reserved for an alias that is created', () => {
  it('is less again once the alias is gone, and its version has lost its own', async () => {
    const changes = { ...MORE, alias: 'next' };
    const { outcome, lambda } = await deploying(temporal, changes, {
      waitsAfter: true,
      act: answering('prod/after/1', 'rollback'),
      prepare: (now) => {
        now.get('f').wide = { reservedConcurrency: 8, recursiveLoop: 'Allow' };
      },
    });
    expect(outcome).toMatchObject({ status: 'rolledBack', warnings: [] });
    expect(lambda.writes.slice(-3)).toEqual([
      'removeAlias f',
      'provision f:2 0',
      'updateWide f reservedConcurrency',
    ]);
    expect(whole(lambda)).toMatchObject({ ...BEFORE, provisioned: {} });
  });
});
