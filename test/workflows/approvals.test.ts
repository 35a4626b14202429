import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan, Step, TargetPlan } from '../../src/domain/plan.js';
import type { TargetOutcome } from '../../src/domain/outcomes.js';
import type { TargetProgress } from '../../src/domain/status.js';
import { bigger, denied, deployment } from '../support/deployments.js';
import { EMPTY, hash, MemoryLambda } from '../support/memoryLambda.js';
import { untilIgnored, untilOpen } from '../support/operator.js';
import { outcomeOf } from '../support/outcomes.js';
import { functionPlan, targetPlan } from '../support/plans.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

const approval: Step = { type: 'approval' };
const functions = [functionPlan('f', { alias: 'live' })];
const canary: Step[] = [{ type: 'setWeight', weight: 25 }, approval];

interface Parts {
  plan: Plan;
  deployment: Awaited<ReturnType<WorkflowServer['start']>>;
  target: (name?: string) => ReturnType<WorkflowServer['target']>;
  lambda: MemoryLambda;
}

/** Starts a deployment, lets the test act, and gives the outcome of the target `prod`. */
async function during(
  steps: Step[],
  act: (parts: Parts) => Promise<unknown>,
  targets: TargetPlan[] = [targetPlan('prod', { functions, strategy: 'canary' })],
): Promise<{ outcome: TargetOutcome; lambda: MemoryLambda }> {
  const lambda = new MemoryLambda();
  lambda.put('f', EMPTY, 'live');
  lambda.put('h', EMPTY);
  const plan = { ...deployment(...targets), strategies: { canary: { steps } } };
  const outcome = await temporal.with(lambda, async () => {
    const handle = await temporal.start(plan);
    const target = (name = 'prod') => temporal.target(plan, name);
    await act({ plan, deployment: handle, target, lambda });
    await outcomeOf(handle);
    return temporal.targetOutcome(plan, 'prod');
  });
  return { outcome, lambda };
}

const alias = (lambda: MemoryLambda) => lambda.get('f').aliases.get('live');

describe('an approval in the middle of a canary', () => {
  it('holds the traffic where it is until a person approves, and records who, when and why', async () => {
    const { outcome, lambda } = await during(canary, async ({ target, lambda: held }) => {
      await untilOpen(target(), 'prod/steps/2');
      expect(alias(held)).toMatchObject({ version: '1', weights: { 2: 0.25 } });
      await target().signal('approve', { by: 'alice', comment: 'looks good' });
    });
    expect(outcome).toMatchObject({
      status: 'deployed',
      decisions: [
        {
          decision: 'approved',
          gate: 'prod/steps/2',
          by: 'alice',
          known: 'claimed',
          comment: 'looks good',
        },
      ],
    });
    expect(Date.parse(outcome.decisions[0]?.at ?? '')).toBeGreaterThan(0);
    expect(alias(lambda)).toMatchObject({ version: '2', weights: {} });
  });

  it('rolls back when it is rejected, and says by whom', async () => {
    const { outcome, lambda } = await during(canary, async ({ target }) => {
      await untilOpen(target(), 'prod/steps/2');
      await target().signal('reject', { by: 'bob', comment: 'errors' });
    });
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: {
        code: 'approvalRejected',
        message: 'prod/steps/2 was rejected by bob: errors.',
      },
    });
    expect(alias(lambda)).toMatchObject({ version: '1', weights: {} });
    expect(lambda.get('f').latest.codeSha256).toBe(hash('before'));
  });

  it.each([
    ['nothing', []],
    ['null', [null]],
    ['an empty object', [{}]],
    ['a comment as a text', ['fine by me']],
    ["the gate's id as a text", ['prod/steps/2']],
    ['several inputs, of which the first counts', [{ gate: 'prod/steps/2' }, 'more', 3]],
  ])('is given by a signal with %s', async (_, inputs) => {
    const { outcome } = await during(canary, async ({ target }) => {
      await untilOpen(target(), 'prod/steps/2');
      await target().signal('approve', ...inputs);
    });
    expect(outcome.status).toBe('deployed');
  });

  it.each([
    ['a number', 5, 'approve came with the value 5.'],
    ['false', false, 'approve came with the value false.'],
    ['a gate that is not a text', { gate: 2 }, 'approve came with a gate that is not a text.'],
    ['the gate of another step', { gate: 'prod/steps/9' }, 'No gate prod/steps/9 is open.'],
    ['a list', ['a', 'b'], 'approve came with a list.'],
  ])('is not given by a signal with %s, and the status says why', async (_, input, reason) => {
    const { outcome } = await during(canary, async ({ target }) => {
      await untilOpen(target(), 'prod/steps/2');
      await target().signal('approve', input);
      expect(await untilIgnored(target(), 'approve')).toBe(reason);
      await target().signal('approve');
    });
    expect(outcome).toMatchObject({ status: 'deployed', decisions: [{ known: 'unnamed' }] });
  });

  it('needs one of the roles that the file names', async () => {
    const steps: Step[] = [{ type: 'approval', requiresRoles: ['sre', 'lead'] }];
    const { outcome } = await during(steps, async ({ target }) => {
      const [gate] = await untilOpen(target(), 'prod/steps/1');
      expect(gate?.roles).toEqual(['sre', 'lead']);
      await target().signal('approve', { by: 'eve', role: 'intern' });
      expect(await untilIgnored(target(), 'approve')).toBe(
        'prod/steps/1 has to be approved by the role sre or lead. It came from the role intern.',
      );
      await target().signal('approve', { by: 'alice', role: 'lead' });
    });
    expect(outcome.decisions).toMatchObject([{ by: 'alice', role: 'lead' }]);
  });

  it.each(['reject', 'rollback', 'cancel'])(
    'does not win over a %s that comes before anything was done about it',
    async (stop) => {
      const lambda = new MemoryLambda();
      lambda.put('f', EMPTY, 'live');
      const prod = targetPlan('prod', { functions, strategy: 'canary' });
      const plan = { ...deployment(prod), strategies: { canary: { steps: canary } } };
      const target = temporal.target(plan, 'prod');
      await temporal.with(lambda, async () => {
        await temporal.start(plan);
        await untilOpen(target, 'prod/steps/2');
      });
      // No worker runs: the next one finds both.
      await target.signal('approve');
      await (stop === 'cancel' ? target.cancel() : target.signal(stop));
      const outcome = await temporal.with(
        lambda,
        () => temporal.targetOutcome(plan, 'prod'),
        temporal.taskQueue,
      );
      expect(outcome.status).toBe('rolledBack');
      expect(alias(lambda)).toMatchObject({ version: '1', weights: {} });
    },
  );
});

describe('a service that sends updates', () => {
  it('is answered, and is refused with a reason when there is nothing to decide', async () => {
    const { outcome } = await during(canary, async ({ target }) => {
      await untilOpen(target(), 'prod/steps/2');
      await expect(target().executeUpdate('skipPause', { args: [] })).rejects.toMatchObject({
        cause: { message: 'There is no pause at prod.' },
      });
      await expect(
        target().executeUpdate('approve', { args: [{ gate: 'prod/steps/1' }] }),
      ).rejects.toMatchObject({ cause: { message: 'No gate prod/steps/1 is open.' } });
      await expect(target().executeUpdate('approve', { args: [{ by: 'ci' }] })).resolves.toEqual({
        done: 'prod/steps/2: approved',
      });
    });
    expect(outcome).toMatchObject({ status: 'deployed', decisions: [{ by: 'ci' }] });
  });

  it('rolls a whole deployment back', async () => {
    const { outcome } = await during(canary, async ({ deployment: whole, target }) => {
      await untilOpen(target(), 'prod/steps/2');
      const answer = await whole.executeUpdate('rollback', { args: [{ by: 'ci' }] });
      expect(answer).toEqual({ done: 'What has not ended is rolled back.' });
    });
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: { code: 'rollbackRequested', message: 'A rollback was asked for by ci.' },
    });
  });
});

describe('answers to the deployment', () => {
  const two = ['eu', 'prod'].map((name) =>
    targetPlan(name, { functions: [functionPlan(name, { alias: 'live' })], strategy: 'canary' }),
  );

  it('reach the only gate that is open, without its name', async () => {
    const { outcome } = await during(canary, async ({ deployment: whole }) => {
      const [gate] = await untilOpen(whole, 'prod/steps/2');
      expect(gate?.kind).toBe('approval');
      await whole.signal('approve', { by: 'alice' });
    });
    expect(outcome).toMatchObject({ status: 'deployed', decisions: [{ by: 'alice' }] });
  });

  it('approve nothing while several gates are open, unless they name one', async () => {
    const act = async ({ deployment: whole, target }: Parts) => {
      await untilOpen(whole, 'eu/steps/2', 'prod/steps/2');
      await whole.signal('approve');
      expect(await untilIgnored(whole, 'approve')).toBe(
        'Several gates are open: name one of eu/steps/2, prod/steps/2.',
      );
      await whole.signal('approve', { gate: 'prod/steps/2' });
      await untilOpen(whole, 'eu/steps/2');
      expect((await target('eu').query<TargetProgress>('status')).decisions).toEqual([]);
      await whole.signal('approve', 'eu/steps/2');
    };
    expect((await during(canary, act, two)).outcome.status).toBe('deployed');
  });

  it('reject everything that waits when they name nothing', async () => {
    const act = async ({ deployment: whole, plan }: Parts) => {
      await untilOpen(whole, 'eu/steps/2', 'prod/steps/2');
      await whole.signal('reject');
      expect(await temporal.targetOutcome(plan, 'eu')).toMatchObject({
        failure: { code: 'approvalRejected' },
      });
    };
    expect((await during(canary, act, two)).outcome).toMatchObject({
      failure: { code: 'approvalRejected' },
    });
  });

  it('are recorded when they reach nobody', async () => {
    await during(canary, async ({ deployment: whole, target }) => {
      await untilOpen(whole, 'prod/steps/2');
      await whole.signal('approve', { gate: 'elsewhere/steps/1' });
      expect(await untilIgnored(whole, 'approve')).toBe('There is no target elsewhere.');
      await whole.signal('retry', { gate: 'nonsense' });
      expect(await untilIgnored(whole, 'retry')).toBe('nonsense is no gate.');
      await target().signal('approve');
    });
  });

  it('roll back one target only, if they name it', async () => {
    const act = async ({ deployment: whole }: Parts) => {
      await untilOpen(whole, 'eu/steps/2', 'prod/steps/2');
      await whole.signal('rollback', { target: 'prod', by: 'alice' });
      await untilOpen(whole, 'eu/steps/2');
      await whole.signal('approve');
    };
    const { outcome } = await during(canary, act, two);
    expect(outcome).toMatchObject({ failure: { code: 'rollbackRequested' } });
  });
});

describe('a reason that ends like the name of a gate', () => {
  it.each([
    ['rollback', 'rollbackRequested', 'as in https://wiki.example.com/runbooks/rollback'],
    ['reject', 'approvalRejected', 'errors since prod/steps/2'],
  ])('is a reason all the same: %s', async (verb, code, reason) => {
    const { outcome } = await during(canary, async ({ deployment: whole }) => {
      await untilOpen(whole, 'prod/steps/2');
      await whole.signal(verb, reason);
    });
    expect(outcome).toMatchObject({ failure: { code }, decisions: [{ comment: reason }] });
  });
});

describe('a cancellation after an approval that nobody has acted on', () => {
  it('leaves what was promoted and keeps the dependents from starting', async () => {
    const lambda = new MemoryLambda();
    lambda.put('f', EMPTY, 'live');
    const targets = [
      targetPlan('prod', { functions, afterDeployment: [{ type: 'approval' }] }),
      targetPlan('next', { functionNames: ['g'], dependsOn: ['prod'] }),
    ];
    const plan = deployment(...targets);
    const target = temporal.target(plan, 'prod');
    const handle = await temporal.with(lambda, async () => {
      const started = await temporal.start(plan);
      await untilOpen(started, 'prod/after/1');
      return started;
    });
    await target.signal('approve');
    await target.cancel();
    await temporal.with(lambda, () => outcomeOf(handle), temporal.taskQueue);
    expect(await temporal.targetOutcome(plan, 'prod')).toMatchObject({
      status: 'deployed',
      failure: { code: 'cancelled' },
    });
    expect(lambda.functions.has('g')).toBe(false);
  });
});

describe('a rollback before a target has started', () => {
  it('keeps it from starting, also when it was about to', async () => {
    const lambda = new MemoryLambda();
    lambda.put('f', EMPTY, 'live');
    const plan = deployment(targetPlan('prod', { functions }));
    await temporal.with(lambda, async () => {
      const reading = lambda.hang('pinPackages', 'f.zip');
      const handle = await temporal.start(plan);
      await reading;
      await handle.signal('rollback', { by: 'alice' });
      expect(await outcomeOf(handle)).toMatchObject({
        status: 'failed',
        counts: { cancelled: 1 },
        failures: [{ code: 'rollbackRequested' }],
      });
      lambda.release();
    });
    expect(lambda.writes).toEqual([]);
  });
});

describe('constraints before a deployment', () => {
  const constrained = (steps: TargetPlan['beforeDeployment']) => [
    targetPlan('prod', { functions, beforeDeployment: steps, strategy: 'canary' }),
    targetPlan('next', { functionNames: ['g'], dependsOn: ['prod'], strategy: 'canary' }),
  ];

  it('are waited for side by side, and nothing is written or looked at before', async () => {
    const targets = constrained([{ type: 'approval' }, { type: 'approval' }]);
    const act = async ({ target, lambda }: Parts) => {
      await untilOpen(target(), 'prod/before/1', 'prod/before/2');
      await target().signal('approve', { gate: 'prod/before/2' });
      await untilOpen(target(), 'prod/before/1');
      expect(lambda.writes).toEqual([]);
      await target().signal('approve');
    };
    expect((await during([], act, targets)).outcome.status).toBe('deployed');
  });

  it('block the target and its dependents at once when one is not met', async () => {
    const targets = constrained([{ type: 'approval' }, { type: 'approval' }]);
    const act = async ({ target, deployment: whole }: Parts) => {
      await untilOpen(target(), 'prod/before/1', 'prod/before/2');
      await target().signal('reject', { gate: 'prod/before/1', by: 'bob' });
      expect(await outcomeOf(whole)).toMatchObject({
        status: 'failed',
        counts: { blocked: 2 },
        failures: [{ code: 'approvalRejected' }, { code: 'dependencyFailed' }],
      });
    };
    const { outcome, lambda } = await during([], act, targets);
    expect(outcome).toMatchObject({ status: 'blocked' });
    expect(lambda.writes).toEqual([]);
  });
});

describe('constraints after a deployment', () => {
  const constrained = [
    targetPlan('prod', { functions, afterDeployment: [approval], strategy: 'canary' }),
    targetPlan('next', { functionNames: ['g'], dependsOn: ['prod'], strategy: 'canary' }),
  ];

  it.each(['reject', 'cancel'])(
    'leave the target deployed and block its dependents when the answer is %s',
    async (answer) => {
      const act = async ({ target, deployment: whole }: Parts) => {
        await untilOpen(target(), 'prod/after/1');
        if (answer === 'cancel') await whole.cancel();
        else await target().signal(answer);
        expect(await outcomeOf(whole)).toMatchObject({ counts: { deployed: 1 } });
      };
      const { outcome, lambda } = await during([], act, constrained);
      const code = answer === 'cancel' ? 'cancelled' : 'approvalRejected';
      expect(outcome).toMatchObject({ status: 'deployed', failure: { code } });
      expect(alias(lambda)).toMatchObject({ version: '2', weights: {} });
      expect(lambda.functions.has('g')).toBe(false);
    },
  );

  it('are still early enough for an operator who wants everything back', async () => {
    const act = async ({ deployment: whole }: Parts) => {
      await untilOpen(whole, 'prod/after/1');
      await whole.signal('rollback');
    };
    const { outcome, lambda } = await during([], act, constrained);
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: { code: 'rollbackRequested' } });
    expect(alias(lambda)).toMatchObject({ version: '1', weights: {} });
    expect(lambda.functions.has('g')).toBe(false);
  });
});

describe('a target that waits before the first write', () => {
  const waiting = [
    targetPlan('prod', { functions, beforeDeployment: [{ type: 'approval' }], strategy: 'canary' }),
  ];

  it.each([
    ['rollback', 'rollbackRequested'],
    ['cancel', 'cancelled'],
  ])('ends as cancelled after a %s, and nothing was written', async (how, code) => {
    const act = async ({ target, deployment: whole }: Parts) => {
      await untilOpen(target(), 'prod/before/1');
      await (how === 'cancel' ? whole.cancel() : whole.signal(how));
    };
    const { outcome, lambda } = await during([], act, waiting);
    expect(outcome).toMatchObject({ status: 'cancelled', failure: { code } });
    expect(lambda.writes).toEqual([]);
  });
});

describe('while everything is being taken back', () => {
  it('another rollback and an approval change nothing, and the status says so', async () => {
    const { outcome } = await during(canary, async ({ target, lambda }) => {
      await untilOpen(target(), 'prod/steps/2');
      const held = lambda.hang('restoreCode', 'f');
      await target().signal('rollback');
      await held;
      await target().signal('rollback');
      expect(await untilIgnored(target(), 'rollback')).toBe('prod is rolling back already.');
      await target().signal('approve');
      expect(await untilIgnored(target(), 'approve')).toBe(
        'Nothing waits for an approval at prod.',
      );
      await expect(target().executeUpdate('rollback')).rejects.toMatchObject({
        cause: { message: 'prod is rolling back already.' },
      });
      lambda.release();
    });
    expect(outcome.status).toBe('rolledBack');
  });

  it('only what is stuck is given up, and not what gets stuck later', async () => {
    const both = ['f', 'h'].map((name) => functionPlan(name, { settings: bigger }));
    const targets = [
      targetPlan('prod', { functions: both, afterDeployment: [{ type: 'approval' }] }),
    ];
    const { outcome, lambda } = await during([], stuckOneAfterTheOther, targets);
    expect(outcome).toMatchObject({
      status: 'rollbackFailed',
      warnings: [{ code: 'rollbackAbandoned', function: 'f' }],
    });
    expect(lambda.get('h').latest.codeSha256).toBe(hash('before'));
  });

  async function stuckOneAfterTheOther({ target, lambda }: Parts): Promise<void> {
    const problems = async () => (await target().query<TargetProgress>('status')).problems;
    await untilOpen(target(), 'prod/after/1');
    lambda.fail('restoreSettings', 'f', denied, Infinity);
    const held = lambda.hang('restoreSettings', 'h');
    lambda.fail('restoreCode', 'h', denied);
    await target().signal('rollback');
    await held;
    await expect.poll(problems, { timeout: 20_000 }).toMatchObject([{ function: 'f' }]);
    await target().signal('abandon');
    await expect.poll(problems, { timeout: 20_000 }).toEqual([]);
    lambda.release();
    await expect.poll(problems, { timeout: 20_000 }).toMatchObject([{ function: 'h' }]);
    await target().signal('retry');
  }
});

describe('a rollback that is stuck', () => {
  it('shows what holds and what has to be mended, and takes a retry through the deployment', async () => {
    const { outcome, lambda } = await during(
      canary,
      async ({ target, deployment: whole, lambda }) => {
        await untilOpen(target(), 'prod/steps/2');
        lambda.fail('updateAlias', 'f', denied);
        await target().signal('reject');
        const [gate] = await untilOpen(whole, 'prod/rollback');
        expect(gate?.kind).toBe('stuckRollback');
        expect(await target().query<TargetProgress>('status')).toMatchObject({
          phase: 'rollbackStuck',
          functions: [{ name: 'f', weight: 25, restored: [] }],
          problems: [{ code: 'accessDenied', function: 'f' }],
        });
        await whole.signal('retry', { by: 'alice' });
      },
    );
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: { code: 'approvalRejected' },
      decisions: [{ decision: 'rejected' }, { decision: 'retried', by: 'alice' }],
    });
    expect(lambda.get('f').latest.codeSha256).toBe(hash('before'));
  });

  it('can be given up through the deployment, also when that has been cancelled', async () => {
    const act = async ({ target, deployment: whole, lambda }: Parts) => {
      await untilOpen(target(), 'prod/steps/2');
      lambda.fail('restoreCode', 'f', denied, Infinity);
      await whole.cancel();
      await untilOpen(whole, 'prod/rollback');
      await whole.signal('abandon');
    };
    const direct = [targetPlan('prod', { functionNames: ['f'], strategy: 'canary' })];
    const { outcome } = await during(canary, act, direct);
    expect(outcome).toMatchObject({
      status: 'rollbackFailed',
      failure: { code: 'cancelled' },
      warnings: [{ code: 'rollbackAbandoned' }],
      decisions: [{ decision: 'abandoned', gate: 'prod/rollback' }],
    });
  });
});
