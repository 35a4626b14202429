import { beforeAll, describe, expect, it } from '@jest/globals';
import { hashEnvironment } from '../../src/activities/functionState.js';
import { activityBench, type Run } from '../support/activityBench.js';
import { ExistingFunction } from '../support/existingFunction.js';

let run: Run;
beforeAll(() => {
  run = activityBench();
});

/** What looking at a function tells of its environment, where a plan names this one. */
async function inspected(existing: ExistingFunction, environment?: Record<string, string>) {
  const inspection = await run('inspectFunction', {
    ...existing.access,
    plan: existing.place.functionPlan(existing.name, environment && { environment }),
    package: existing.first,
  });
  return {
    found: inspection.snapshot.latest?.settings.environmentHashes,
    wanted: inspection.wanted.environmentHashes,
    differs: inspection.served?.settings.includes('environmentHashes'),
  };
}

describe('looking at a function', () => {
  it('tells nothing by which a value that the plan does not name could be guessed', async () => {
    const existing = await ExistingFunction.make();
    await existing.changedByHand({ PIN: '4711', FEATURE: 'on' });
    const one = await inspected(existing);
    await existing.changedByHand({ PIN: '4712', FEATURE: 'off' });
    expect(await inspected(existing)).toEqual(one);
    expect(one.found).toEqual({ PIN: '(before)', FEATURE: '(before)' });
  });

  it('tells which values are those of the plan, each for itself', async () => {
    const existing = await ExistingFunction.make();
    await existing.changedByHand({ PIN: '4711', FEATURE: 'on' });
    const { found, wanted, differs } = await inspected(existing, { PIN: '0000', FEATURE: 'on' });
    const { deploymentId } = existing.access;
    expect(wanted).toEqual(hashEnvironment({ PIN: '0000', FEATURE: 'on' }, deploymentId));
    expect(found).toEqual({ PIN: '(before)', FEATURE: wanted?.['FEATURE'] });
    expect(differs).toBe(true);
    expect(await inspected(existing, { PIN: '4711', FEATURE: 'on' })).toMatchObject({
      differs: false,
    });
  });
});

describe('once the version to go back to is published', () => {
  it('a value is told apart as before, as wanted, or as neither', async () => {
    const existing = await ExistingFunction.make();
    const wanted = hashEnvironment({ SECRET: 'after' }, existing.access.deploymentId);
    const environmentBases = { wanted, versionBefore: existing.version };
    const seen = async () => {
      const state = await run('readLatest', { ...existing.access, environmentBases });
      return state?.settings.environmentHashes;
    };
    expect(await seen()).toEqual({ SECRET: '(before)' });
    await existing.changedByHand({ SECRET: 'after' });
    expect(await seen()).toEqual(wanted);
    await existing.changedByHand({ SECRET: 'of somebody else' });
    expect(await seen()).toEqual({ SECRET: '(other)' });
    await existing.changedByHand({ SECRET: 'hunter2-before', NEW: 'x' });
    expect(await seen()).toEqual({ SECRET: '(before)', NEW: '(other)' });
  });

  it('nothing is known any more of what was before when that version is gone', async () => {
    const existing = await ExistingFunction.make();
    const environmentBases = { wanted: {}, versionBefore: '99' };
    const state = await run('readLatest', { ...existing.access, environmentBases });
    expect(state?.settings.environmentHashes).toEqual({ SECRET: '(other)' });
  });
});

describe('traffic', () => {
  it('is not moved when somebody has changed a value that the plan names', async () => {
    const existing = await ExistingFunction.make();
    const { state: alias } = await run('createAlias', {
      ...existing.access,
      alias: 'live',
      version: existing.version,
    });
    const wanted = hashEnvironment({ SECRET: 'hunter2-before' }, existing.access.deploymentId);
    const input = {
      ...existing.access,
      environmentBases: { wanted, versionBefore: existing.version },
      alias: 'live',
      shape: { version: existing.version, weights: {} },
      revisionId: alias.revisionId,
      latest: {
        codeSha256: existing.first.codeSha256,
        settings: { environmentHashes: wanted },
      },
    };
    expect((await run('updateAlias', input)).foreign).toBeUndefined();
    await existing.changedByHand({ SECRET: 'of somebody else' });
    const { foreign } = await run('updateAlias', input);
    expect(foreign?.settings.environmentHashes).toEqual({ SECRET: '(other)' });
  });
});

describe('a version that is to be restored', () => {
  it('has its values told by the version alone', async () => {
    const existing = await ExistingFunction.make();
    await existing.changedByHand({ SECRET: 'after' });
    const inspection = await run('inspectVersion', {
      ...existing.access,
      plan: { name: existing.name, version: existing.version },
    });
    expect(inspection.wanted.environmentHashes).toEqual({ SECRET: '(wanted)' });
    expect(inspection.snapshot.latest?.settings.environmentHashes).toEqual({ SECRET: '(before)' });
    expect(inspection.latest?.settings).toEqual(['environmentHashes']);
    const restored = await run('restoreSettings', {
      ...existing.access,
      environmentBases: { wantedVersion: existing.version },
      revisionId: inspection.snapshot.latest?.revisionId ?? '',
      fromVersion: existing.version,
      names: ['environmentHashes'],
    });
    expect(restored.state.settings.environmentHashes).toEqual({ SECRET: '(wanted)' });
    const held = await existing.place.holds(existing.name);
    expect(held?.settings['environment']).toEqual({ SECRET: 'hunter2-before' });
  });
});
