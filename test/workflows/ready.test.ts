import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Unready } from '../../src/domain/functions.js';
import type { TargetProgress } from '../../src/domain/status.js';
import { aliasOf, canary, during, type Parts } from '../support/canary.js';
import { hash, type MemoryLambda } from '../support/memoryLambda.js';
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

const PENDING: Unready = { state: 'Pending', snapshot: true };
const IDLE: Unready = { state: 'Inactive', reason: 'It was idle.' };

/** The new version, and no other, is not ready when it is published. */
function publishesUnready(lambda: MemoryLambda, unready: Unready): void {
  const { publishVersion } = lambda.activities;
  lambda.activities.publishVersion = async (input) => {
    const answer = await publishVersion(input);
    if (!('version' in answer.state) || answer.state.version.version === '1') return answer;
    const version = { ...answer.state.version, unready };
    return { ...answer, state: { ...answer.state, version } };
  };
}

const progress = ({ target }: Parts) => target().query<TargetProgress>('status');
const atOnce = (alias?: string) => [
  targetPlan('prod', { functions: [functionPlan('f', alias === undefined ? {} : { alias })] }),
];

describe('a new version of which AWS makes a snapshot', () => {
  it('has no traffic until it is made, and the status says what is waited for and since when', async () => {
    let hangs: Promise<void> | undefined;
    const { outcome, lambda } = await during(
      temporal,
      canary,
      async (parts) => {
        await hangs;
        expect((await progress(parts)).notices).toEqual([
          expect.stringMatching(
            /^prod waits until AWS has made the snapshot of version 2 of f, since 20\d\d-\S+Z\.$/,
          ),
        ]);
        expect(aliasOf(parts.lambda)).toMatchObject({ version: '1', weights: {} });
        parts.lambda.release();
        await untilOpen(parts.target(), 'prod/steps/2');
        expect((await progress(parts)).notices).toEqual([]);
        expect(aliasOf(parts.lambda)).toMatchObject({ version: '1', weights: { 2: 0.25 } });
        await parts.deployment.signal('approve');
      },
      undefined,
      {
        prepare: (lambda) => {
          publishesUnready(lambda, PENDING);
          hangs = lambda.hang('awaitVersion', 'f');
        },
      },
    );
    expect(outcome).toMatchObject({ status: 'deployed', functions: [{ version: '2' }] });
    expect(aliasOf(lambda)).toMatchObject({ version: '2', weights: {} });
  });

  it('is waited for where all traffic moves at once, too, and can be rolled back meanwhile', async () => {
    let hangs: Promise<void> | undefined;
    const { outcome, lambda } = await during(
      temporal,
      [],
      async ({ deployment }) => {
        await hangs;
        await deployment.signal('rollback');
      },
      atOnce('live'),
      {
        prepare: (lambda) => {
          publishesUnready(lambda, PENDING);
          hangs = lambda.hang('awaitVersion', 'f');
        },
      },
    );
    expect(outcome).toMatchObject({ status: 'rolledBack', warnings: [] });
    expect(lambda.writes).not.toContain('updateAlias f');
    expect(lambda.get('f').latest.codeSha256).toBe(hash('before'));
  });

  it('takes the deployment back when it cannot be made', async () => {
    const failure = { code: 'updateFailed', message: 'AWS could not make its snapshot.' } as const;
    const { outcome, lambda } = await during(temporal, [], async () => {}, atOnce('live'), {
      prepare: (lambda) => {
        publishesUnready(lambda, PENDING);
        lambda.fail('awaitVersion', 'f', failure);
      },
    });
    expect(outcome).toMatchObject({ status: 'rolledBack', failure });
    expect(aliasOf(lambda)).toMatchObject({ version: '1', weights: {} });
    expect(lambda.writes).not.toContain('updateAlias f');
  });
});

describe('a new version that has been idle for weeks', () => {
  it('gets no traffic, and the failure says how it is woken', async () => {
    const { outcome, lambda } = await during(temporal, [], async () => {}, atOnce('live'), {
      prepare: (lambda) => publishesUnready(lambda, IDLE),
    });
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: {
        code: 'updateFailed',
        message:
          'Version 2 of f in us-east-1 is inactive, so that its next invocation would fail: It was idle.',
        remedy: expect.stringContaining('--qualifier 2'),
      },
    });
    expect(aliasOf(lambda)).toMatchObject({ version: '1', weights: {} });
  });
});
