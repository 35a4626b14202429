import { beforeAll, describe, expect, it } from '@jest/globals';
import { markText } from '../../src/domain/marks.js';
import { activityBench, type Run } from '../support/activityBench.js';
import { ExistingFunction, latest, publish } from '../support/existingFunction.js';

let run: Run;
beforeAll(() => {
  run = activityBench();
});

describe('publishing a version', () => {
  it('gives the same version for a second attempt with the fresh revision', async () => {
    const existing = await ExistingFunction.make();
    const moved = await run('publishVersion', {
      ...existing.access,
      revisionId: 'an earlier one',
      codeSha256: existing.first.codeSha256,
      description: 'x',
    });
    expect(moved.result).toBe('moved');
    const again = await publish(existing.access, moved.state, 'x');
    expect(again.version.version).toBe(existing.version);
    expect((await existing.place.holds(existing.name))?.versions).toHaveLength(1);
  });
});

describe('an alias', () => {
  it('is created with a mark, and adopted by a second attempt', async () => {
    const existing = await ExistingFunction.make();
    const input = { ...existing.access, alias: 'live', version: existing.version };
    const { state: first } = await run('createAlias', input);
    const again = { ...first, seenAt: expect.any(String) };
    expect(await run('createAlias', input, 2)).toEqual({ state: again, afterOthers: true });
    expect(first.description).toBe(markText({ deploymentId: existing.access.deploymentId }));
  });

  it('takes exactly the shape it is given, once', async () => {
    const existing = await ExistingFunction.make();
    const { state: created } = await run('createAlias', {
      ...existing.access,
      alias: 'live',
      version: existing.version,
    });
    const { revisionId } = await latest(existing);
    await run('updateSettings', { ...existing.access, revisionId, settings: { memorySize: 256 } });
    const second = await publish(existing.access, await latest(existing), 'second');
    const shape = { version: existing.version, weights: { [second.version.version]: 0.25 } };
    const input = { ...existing.access, alias: 'live', shape, revisionId: created.revisionId };
    const updated = await run('updateAlias', input);
    expect(updated.result).toBe('done');
    const again = { ...updated.state, seenAt: expect.any(String) };
    expect((await run('updateAlias', input, 2)).state).toEqual(again);
    expect((await existing.place.holds(existing.name, 'live'))?.alias).toEqual(shape);

    const clear = { version: second.version.version, weights: {} };
    const stale = {
      ...existing.access,
      alias: 'live',
      shape: clear,
      revisionId: created.revisionId,
    };
    expect((await run('updateAlias', stale)).result).toBe('moved');
    expect((await existing.place.holds(existing.name, 'live'))?.alias).toEqual(shape);
    await run('updateAlias', { ...stale, revisionId: updated.state.revisionId });
    expect((await existing.place.holds(existing.name, 'live'))?.alias).toEqual(clear);
  });
});
