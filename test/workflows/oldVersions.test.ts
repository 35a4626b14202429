import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Failure } from '../../src/domain/failures.js';
import { during } from '../support/canary.js';
import { denied, refused } from '../support/deployments.js';
import type { MemoryLambda } from '../support/memoryLambda.js';
import { functionPlan, targetPlan } from '../support/plans.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

/** The alias serves the last of so many versions. */
function has(lambda: MemoryLambda, count: number): void {
  const fn = lambda.get('f');
  const [first] = fn.versions;
  fn.versions.length = 0;
  for (let number = 1; number <= count; number += 1) {
    fn.versions.push({ ...first!, version: String(number) });
  }
  fn.aliases.set('live', { ...fn.aliases.get('live')!, version: String(count) });
}

const keeping = (keepVersions?: number) => [
  targetPlan('prod', {
    functions: [
      functionPlan('f', { alias: 'live', ...(keepVersions !== undefined && { keepVersions }) }),
    ],
  }),
];

const deploy = (keepVersions: number | undefined, prepare: (lambda: MemoryLambda) => void) =>
  during(temporal, [], async () => {}, keeping(keepVersions), {
    prepare: (lambda) => {
      has(lambda, 6);
      prepare(lambda);
    },
  });

const versionsOf = (lambda: MemoryLambda): string[] =>
  lambda.get('f').versions.map(({ version }) => version);

describe('old versions', () => {
  it('are deleted after a success, all but the newest that are to be kept', async () => {
    const { outcome, lambda } = await deploy(3, () => {});
    expect(versionsOf(lambda)).toEqual(['5', '6', '7']);
    expect(outcome).toMatchObject({
      status: 'deployed',
      warnings: [],
      functions: [
        {
          version: '7',
          deletedVersions: ['1', '2', '3', '4'],
          summary: 'was updated as version 7 and alias live serves it; 4 old versions were deleted',
        },
      ],
    });
  });

  it('stay where the plan does not say how many are kept', async () => {
    const { outcome, lambda } = await deploy(undefined, () => {});
    expect(versionsOf(lambda)).toHaveLength(7);
    expect(outcome.functions[0]).not.toHaveProperty('deletedVersions');
  });

  it('go when the version before has lost its provisioned concurrency, and one that has some stays', async () => {
    const { outcome, lambda } = await deploy(2, (lambda) => {
      lambda.get('f').provisioned = new Map([
        ['2', 5],
        ['6', 8],
      ]);
    });
    expect(outcome).toMatchObject({ status: 'deployed', warnings: [] });
    expect(versionsOf(lambda)).toEqual(['2', '6', '7']);
    const { writes } = lambda;
    const first = writes.findIndex((write) => write.startsWith('removeVersion'));
    expect(writes.slice(0, first)).toContain('provision f:6 0');
    expect(writes.slice(first)).toHaveLength(4);
  });

  it('stay when the deployment is rolled back', async () => {
    const { outcome, lambda } = await deploy(2, (lambda) =>
      lambda.fail('updateAlias', 'f', denied),
    );
    expect(outcome.status).toBe('rolledBack');
    expect(versionsOf(lambda)).toHaveLength(7);
  });

  it('that AWS refuses to delete are a warning, and keep no other from going', async () => {
    const replica: Failure = { code: 'awsRefused', message: 'It is a replicated function.' };
    const { outcome, lambda } = await deploy(3, (lambda) =>
      lambda.fail('removeVersion', 'f', replica),
    );
    expect(versionsOf(lambda)).toEqual(['1', '5', '6', '7']);
    expect(outcome).toMatchObject({
      status: 'deployed',
      warnings: [
        {
          code: 'versionsNotDeleted',
          message: 'Old versions 1 of f could not be deleted. It is a replicated function.',
        },
      ],
    });
    expect(outcome).not.toHaveProperty('failure');
  });

  it('are left to the next deployment when they cannot be looked for', async () => {
    const { outcome, lambda } = await deploy(3, (lambda) =>
      lambda.fail('findOldVersions', 'f', refused),
    );
    expect(versionsOf(lambda)).toHaveLength(7);
    expect(outcome).toMatchObject({
      status: 'deployed',
      warnings: [{ code: 'versionsNotDeleted' }],
    });
  });
});
