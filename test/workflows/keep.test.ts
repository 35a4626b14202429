import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { KeptCode } from '../../src/activities/keepCode.js';
import type { Failure } from '../../src/domain/failures.js';
import { during } from '../support/canary.js';
import { denied, deployment, deployTarget } from '../support/deployments.js';
import { EMPTY, hash, MemoryLambda } from '../support/memoryLambda.js';
import { untilOpen } from '../support/operator.js';
import { functionPlan, targetPlan } from '../support/plans.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

const MB = 1024 * 1024;
const replacedCode = 's3://packages/replaced/';
const ofBoth = targetPlan('prod', {
  functions: [
    functionPlan('f', { alias: 'live', replacedCode }),
    functionPlan('g', { replacedCode }),
  ],
});
const only = (name: string) =>
  targetPlan('prod', { functions: ofBoth.functions.filter((one) => one.name === name) });

function lambdaWith(kept: KeptCode, codeBytes = MB): MemoryLambda {
  const lambda = new MemoryLambda();
  lambda.put('f', EMPTY, 'live').latest.codeBytes = codeBytes;
  lambda.put('g', EMPTY).latest.codeBytes = codeBytes;
  lambda.kept = kept;
  return lambda;
}

const copy: KeptCode = { copy: `${replacedCode}code.zip` };
const failure: Failure = { code: 'codeNotKept', message: 'S3 denies it.', remedy: 'Allow it.' };

describe('code that is to be replaced', () => {
  it('is kept before the first write, of every function, and once', async () => {
    const lambda = lambdaWith(copy);
    expect(await deployTarget(temporal, lambda, ofBoth)).toMatchObject({
      status: 'deployed',
      warnings: [],
    });
    expect(lambda.writes.slice(0, 2).sort()).toEqual(['keepCode f', 'keepCode g']);
    expect(lambda.writes.filter((one) => one.startsWith('keepCode'))).toHaveLength(2);
  });

  it('is not asked for where it stays, where nothing was, or where no place is named', async () => {
    const lambda = lambdaWith(copy);
    lambda.get('g').latest.codeSha256 = hash('first');
    const functions = [
      functionPlan('f', { alias: 'live' }),
      functionPlan('g', { replacedCode, settings: { ...functionPlan('g').settings, timeout: 9 } }),
      functionPlan('new', { replacedCode }),
    ];
    const outcome = await deployTarget(temporal, lambda, targetPlan('prod', { functions }));
    expect(outcome).toMatchObject({ status: 'deployed' });
    expect(lambda.writes.filter((one) => one.startsWith('keepCode'))).toEqual([]);
  });

  it('is kept anew where somebody has changed it while the target waited', async () => {
    const { outcome, lambda } = await during(
      temporal,
      [{ type: 'approval' }, { type: 'setWeight', weight: 100 }],
      async ({ target, lambda }) => {
        await untilOpen(target(), 'prod/steps/1');
        Object.assign(lambda.get('h').latest, { codeSha256: hash('else'), revisionId: 'else' });
        await target().signal('approve');
      },
      [
        targetPlan('prod', {
          functions: [functionPlan('h', { replacedCode })],
          strategy: 'canary',
        }),
      ],
    );
    expect(outcome).toMatchObject({ status: 'deployed', warnings: [] });
    const kept = lambda.writes.filter((one) => one.startsWith('keepCode'));
    expect(kept).toEqual(['keepCode h', 'keepCode h']);
    expect(lambda.writes.indexOf('keepCode h', 1)).toBeLessThan(
      lambda.writes.indexOf('updateCode h'),
    );
  });
});

describe('code that cannot be kept', () => {
  it('is told with what going back would take, and the deployment goes on', async () => {
    const outcome = await deployTarget(temporal, lambdaWith({ failure }, 12 * MB), only('g'));
    expect(outcome).toMatchObject({
      status: 'deployed',
      warnings: [
        {
          code: 'codeNotKept',
          message:
            'The code of g that is to be replaced could not be kept. S3 denies it. Going back would send 12.0 MB through a worker.',
          remedy: 'Allow it.',
          function: 'g',
        },
      ],
    });
  });

  it('is a warning, too, where no answer came in time, and it goes back all the same', async () => {
    const lambda = lambdaWith(copy);
    lambda.fail('keepCode', 'g', denied);
    lambda.fail('updateCode', 'g', denied);
    expect(await deployTarget(temporal, lambda, only('g'))).toMatchObject({
      status: 'rolledBack',
      warnings: [{ code: 'codeNotKept', message: expect.stringContaining(denied.message) }],
      functions: [{ summary: 'is as it was before' }],
    });
  });

  it.each<[string, KeptCode, number]>([
    ['is too large to be sent in a request', { failure }, 51 * MB],
    ['came too slowly', { failure, isTooSlow: true }, MB],
  ])(
    'blocks a function without an alias, and not one with, where it %s',
    async (_, kept, bytes) => {
      const blocked = lambdaWith(kept, bytes);
      expect(await deployTarget(temporal, blocked, only('g'))).toMatchObject({
        status: 'blocked',
        failure: {
          code: 'codeNotKept',
          message: expect.stringMatching(/without an alias the new code would go on serving\.$/),
          function: 'g',
        },
      });
      expect(blocked.writes).toEqual([]);
      const shifted = lambdaWith(kept, bytes);
      expect(await deployTarget(temporal, shifted, only('f'))).toMatchObject({
        status: 'deployed',
        warnings: [{ message: expect.stringMatching(/and \$LATEST not its code\.$/) }],
      });
    },
  );
});

it('a plan tells where code would be kept', async () => {
  const lambda = lambdaWith(copy);
  lambda.keptCode = `${replacedCode}f/hash.zip`;
  const wanted = deployment(only('f'));
  const { targets = [] } = await temporal.with(lambda, () => temporal.preflight(wanted));
  expect(targets[0]?.functions).toMatchObject([{ name: 'f', keptCode: lambda.keptCode }]);
});
