import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AliasShape } from '../../src/domain/functions.js';
import type { TargetOutcome } from '../../src/domain/outcomes.js';
import type { Step } from '../../src/domain/plan.js';
import { bigger, denied, deployTarget, refused } from '../support/deployments.js';
import { EMPTY, hash, MemoryLambda } from '../support/memoryLambda.js';
import { functionPlan, targetPlan } from '../support/plans.js';
import { WorkflowServer } from '../support/workflowServer.js';

let temporal: WorkflowServer;
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
});
afterAll(async () => {
  await temporal.stop();
});

const LATEST: AliasShape = { version: '$LATEST', weights: {} };
const BASELINE: AliasShape = { version: '1', weights: {} };

const functions = [functionPlan('f', { settings: bigger, alias: 'live' })];
const target = targetPlan('t', { functions, strategy: 'canary' });
const steps: Step[] = [{ type: 'setWeight', weight: 10 }];
const canary = { strategies: { canary: { steps } } };

/** `f`, whose alias `live` serves `$LATEST`, or what else is given. */
function lambdaServing(shape: AliasShape = LATEST): MemoryLambda {
  const lambda = new MemoryLambda();
  const { aliases } = lambda.put('f', EMPTY);
  aliases.set('live', { ...shape, revisionId: 'before', description: 'ours' });
  return lambda;
}

function alias(lambda: MemoryLambda): AliasShape | undefined {
  const found = lambda.get('f').aliases.get('live');
  return found && { version: found.version, weights: found.weights };
}

const deploy = (lambda: MemoryLambda): Promise<TargetOutcome> =>
  deployTarget(temporal, lambda, target, canary);

/** Lets something happen right before the n-th call of an activity. */
function before(
  lambda: MemoryLambda,
  activity: 'updateAlias' | 'updateSettings' | 'restoreSettings',
  act: () => void,
  call = 1,
): void {
  const activities = lambda.activities as unknown as Record<
    string,
    (input: object) => Promise<unknown>
  >;
  const carryOut = activities[activity]!;
  let calls = 0;
  activities[activity] = (input) => {
    calls += 1;
    if (calls === call) act();
    return carryOut(input);
  };
}

/** Somebody changes the code of `$LATEST`. */
function hotfix(lambda: MemoryLambda): void {
  const found = lambda.get('f');
  found.latest = { ...found.latest, revisionId: 'foreign', codeSha256: hash('a hotfix') };
}

describe('an alias that serves $LATEST', () => {
  it('is pointed at a version of it before anything changes, then shifted and promoted', async () => {
    const lambda = lambdaServing();
    const shapes: AliasShape[] = [];
    const { updateAlias } = lambda.activities;
    lambda.activities.updateAlias = (input) => {
      shapes.push(input.shape);
      return updateAlias(input);
    };
    const outcome = await deploy(lambda);
    expect(outcome).toMatchObject({
      status: 'deployed',
      warnings: [],
      functions: [{ version: '2', previousVersion: '1' }],
    });
    expect(shapes).toEqual([
      BASELINE,
      { version: '1', weights: { 2: 0.1 } },
      { version: '2', weights: {} },
    ]);
    expect(lambda.writes.slice(0, 3)).toEqual([
      'updateAlias f',
      'updateSettings f',
      'updateCode f',
    ]);
    expect(lambda.exposed).toEqual([]);
  });

  it('gets a version that is the newest code of all, although nobody had published it', async () => {
    const lambda = lambdaServing();
    const found = lambda.get('f');
    found.latest = { ...found.latest, codeSha256: hash('edited') };
    lambda.fail('updateCode', 'f', refused);
    expect(await deploy(lambda)).toMatchObject({ status: 'rolledBack', warnings: [] });
    expect(found.versions[1]).toMatchObject({ version: '2', codeSha256: hash('edited') });
    expect(alias(lambda)).toEqual(LATEST);
    expect(lambda.get('f').latest.codeSha256).toBe(hash('edited'));
    expect(lambda.exposed).toEqual([]);
  });

  it('serves $LATEST again after a rollback, and only once that is what it was', async () => {
    const lambda = lambdaServing();
    const shapes: AliasShape[] = [];
    before(lambda, 'restoreSettings', () => shapes.push(alias(lambda)!));
    before(lambda, 'updateAlias', () => lambda.fail('updateAlias', 'f', denied), 3);
    const outcome = await deploy(lambda);
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: denied,
      warnings: [],
      functions: [{ version: '$LATEST', codeSha256: hash('before') }],
    });
    expect(shapes).toEqual([BASELINE]);
    expect(alias(lambda)).toEqual(LATEST);
    expect(lambda.get('f').latest).toMatchObject({ codeSha256: hash('before'), settings: EMPTY });
    expect(lambda.writes.at(-1)).toBe('updateAlias f');
    expect(lambda.exposed).toEqual([]);
  });

  it('is left alone where it cannot be pointed elsewhere: nothing else is written', async () => {
    const lambda = lambdaServing();
    lambda.fail('updateAlias', 'f', denied);
    const outcome = await deploy(lambda);
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: denied, warnings: [] });
    expect(lambda.writes).toEqual([]);
    expect(alias(lambda)).toEqual(LATEST);
  });

  it('is as planned when $LATEST is, and nothing is written', async () => {
    const lambda = lambdaServing();
    const found = lambda.get('f');
    found.latest = { ...found.latest, codeSha256: hash('first'), settings: { ...EMPTY, ...SIZE } };
    const outcome = await deploy(lambda);
    expect(outcome).toMatchObject({ status: 'unchanged', functions: [{ version: '$LATEST' }] });
    expect(lambda.writes).toEqual([]);
  });

  it('stays on the version of then where AWS does not take $LATEST back, and that is told', async () => {
    const lambda = lambdaServing();
    before(lambda, 'updateAlias', () => lambda.fail('updateAlias', 'f', denied), 3);
    lambda.fail('restoreCode', 'f', { code: 'settingsRejected', message: 'It is retired.' });
    const outcome = await deploy(lambda);
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      warnings: [
        { code: 'notRestored', message: 'It is retired.' },
        {
          code: 'notRestored',
          function: 'f',
          message: expect.stringContaining(
            'Alias live of f served $LATEST, and is left at version 1',
          ),
        },
      ],
      functions: [{ version: '1', codeSha256: hash('before') }],
    });
    expect(alias(lambda)).toEqual(BASELINE);
  });
});

const SIZE = { memorySize: bigger.memorySize };

describe('an alias that serves $LATEST, and somebody else who writes in between', () => {
  it('their code on $LATEST, before the alias is pointed elsewhere, stays as they made it', async () => {
    const lambda = lambdaServing();
    before(lambda, 'updateAlias', () => hotfix(lambda));
    const outcome = await deploy(lambda);
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: { code: 'foreignChange' } });
    expect(lambda.writes).toEqual([]);
    expect(alias(lambda)).toEqual(LATEST);
    expect(lambda.get('f').latest.codeSha256).toBe(hash('a hotfix'));
  });

  it('their code on $LATEST, after that, stays, and the alias on what it served before', async () => {
    const lambda = lambdaServing();
    before(lambda, 'updateSettings', () => hotfix(lambda));
    const outcome = await deploy(lambda);
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: { code: 'foreignChange' },
      warnings: [{ code: 'notRestored', message: expect.stringContaining('is left at version 1') }],
    });
    expect(alias(lambda)).toEqual(BASELINE);
    expect(lambda.get('f').latest.codeSha256).toBe(hash('a hotfix'));
  });

  it('another version on the alias, before it is pointed elsewhere, stays', async () => {
    const lambda = lambdaServing();
    const theirs = { version: '9', weights: {}, revisionId: 'foreign', description: '' };
    before(lambda, 'updateAlias', () => lambda.get('f').aliases.set('live', theirs));
    const outcome = await deploy(lambda);
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: { code: 'foreignChange' } });
    expect(lambda.writes).toEqual([]);
    expect(lambda.get('f').aliases.get('live')).toEqual(theirs);
  });

  it('another version on the alias, in the middle of the canary, stays, and is told once', async () => {
    const lambda = lambdaServing();
    const theirs = { version: '9', weights: {}, revisionId: 'foreign', description: '' };
    before(lambda, 'updateAlias', () => lambda.get('f').aliases.set('live', theirs), 3);
    const outcome = await deploy(lambda);
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: { code: 'foreignChange' },
      warnings: [{ code: 'foreignChange' }],
    });
    expect(lambda.get('f').aliases.get('live')).toEqual(theirs);
    expect(lambda.get('f').latest.codeSha256).toBe(hash('before'));
  });

  it('the alias on $LATEST again, which is found at the next weight: all goes back', async () => {
    const lambda = lambdaServing();
    const theirs = { ...LATEST, revisionId: 'foreign', description: '' };
    before(lambda, 'updateAlias', () => lambda.get('f').aliases.set('live', theirs), 2);
    const outcome = await deploy(lambda);
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: { code: 'foreignChange' } });
    expect(alias(lambda)).toEqual(LATEST);
    expect(lambda.get('f').latest).toMatchObject({ codeSha256: hash('before'), settings: EMPTY });
  });
});

describe('a split alias one of whose versions is $LATEST, which AWS takes from nobody', () => {
  it.each<[string, AliasShape, string]>([
    ['the additional one', { version: '1', weights: { $LATEST: 0.5 } }, '1'],
    ['the primary one', { version: '$LATEST', weights: { 1: 0.5 } }, '2'],
  ])('%s, is split between published versions first', async (_, shape, primary) => {
    const lambda = lambdaServing(shape);
    const found = lambda.get('f');
    found.latest = { ...found.latest, codeSha256: hash('edited') };
    lambda.fail('updateCode', 'f', refused);
    const pinned: (AliasShape | undefined)[] = [];
    before(lambda, 'updateSettings', () => pinned.push(alias(lambda)));
    const outcome = await deploy(lambda);
    const additional = primary === '1' ? '2' : '1';
    const published = { version: primary, weights: { [additional]: 0.5 } };
    expect(pinned).toEqual([published]);
    expect(outcome).toMatchObject({ status: 'rolledBack', warnings: [{ code: 'notRestored' }] });
    expect(alias(lambda)).toEqual(published);
    expect(lambda.get('f').latest.codeSha256).toBe(hash('edited'));
    expect(lambda.exposed).toEqual([]);
  });
});
