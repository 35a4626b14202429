import { beforeAll, describe, expect, it } from '@jest/globals';
import { markText } from '../../src/domain/marks.js';
import { packageUri } from '../../src/domain/packages.js';
import { activityBench, type Run } from '../support/activityBench.js';
import { ExistingFunction, latest, publish } from '../support/existingFunction.js';

let run: Run;
beforeAll(() => {
  run = activityBench();
});

describe('restoring', () => {
  it('brings back the named settings, environment values and all, and no others', async () => {
    const existing = await ExistingFunction.make();
    const settings = { memorySize: 256, timeout: 9, environment: { SECRET: 'after' } };
    await run('updateSettings', {
      ...existing.access,
      revisionId: existing.latest.revisionId,
      settings,
    });
    const restored = await run('restoreSettings', {
      ...existing.access,
      revisionId: (await latest(existing)).revisionId,
      fromVersion: existing.version,
      names: ['memorySize', 'environmentHashes'],
    });
    expect(restored.result).toBe('done');
    expect((await existing.place.holds(existing.name))?.settings).toMatchObject({
      memorySize: 128,
      timeout: 9,
      environment: { SECRET: 'hunter2-before' },
    });
  });

  it('brings the old code back from the published version', async () => {
    const existing = await ExistingFunction.make();
    const second = await existing.next('second');
    const { revisionId } = existing.latest;
    const changed = await run('updateCode', { ...existing.access, revisionId, package: second });
    const restored = await run('restoreCode', {
      ...existing.access,
      revisionId: changed.state.revisionId,
      fromVersion: existing.version,
    });
    expect(restored.result).toBe('done');
    expect((await existing.place.holds(existing.name))?.codeSha256).toBe(existing.first.codeSha256);
  });

  it('takes the recorded package where its object version is known', async () => {
    const existing = await ExistingFunction.make({ versioned: true });
    const second = await existing.next('second');
    const { revisionId } = existing.latest;
    const changed = await run('updateCode', { ...existing.access, revisionId, package: second });
    const uri = `s3://${second.bucket}/${second.key}?versionId=${second.versionId ?? ''}`;
    const description = markText({ deploymentId: existing.access.deploymentId, packageUri: uri });
    const published = await publish(existing.access, changed.state, description);
    const third = await existing.next('third');
    const after = await run('updateCode', {
      ...existing.access,
      revisionId: published.revisionId,
      package: third,
    });
    await run('restoreCode', {
      ...existing.access,
      revisionId: after.state.revisionId,
      fromVersion: published.version.version,
    });
    expect((await existing.place.holds(existing.name))?.codeSha256).toBe(second.codeSha256);
    const last = (await existing.place.requests()).filter(
      (one) => one.operation === 'UpdateFunctionCode',
    );
    expect(last.at(-1)?.parameters).toMatchObject({ S3ObjectVersion: second.versionId });
  });
});

describe('old code whose package lies in a bucket without versions', () => {
  /** A version made of the package `kept`, and after it other code on `$LATEST`. */
  async function releasedTwice() {
    const existing = await ExistingFunction.make();
    const { access, place } = existing;
    const kept = { bucket: place.bucket, key: 'kept.zip' };
    await place.put(kept.key, 'second');
    const [pinned] = await run('pinPackages', [{ ...access, package: kept }]);
    if (pinned === undefined || 'failure' in pinned) throw new Error('not pinned');
    const { revisionId } = existing.latest;
    const second = { ...access, revisionId, package: pinned.pinned };
    const changed = await run('updateCode', second);
    const mark = { deploymentId: access.deploymentId, packageUri: packageUri(kept) };
    const released = await publish(access, changed.state, markText(mark));
    const third = await existing.next('third');
    const after = await run('updateCode', {
      ...access,
      revisionId: released.revisionId,
      package: third,
    });
    const input = {
      ...access,
      revisionId: after.state.revisionId,
      fromVersion: released.version.version,
    };
    return { existing, input, codeSha256: pinned.pinned.codeSha256 };
  }

  const lastUpdate = async ({ place }: ExistingFunction) =>
    (await place.requests())
      .filter(({ operation, mutation }) => {
        return operation === 'UpdateFunctionCode' && mutation;
      })
      .at(-1)?.parameters;

  it('is fetched from there by AWS while it is the same', async () => {
    const { existing, input, codeSha256 } = await releasedTwice();
    await run('restoreCode', input);
    expect((await existing.place.holds(existing.name))?.codeSha256).toBe(codeSha256);
    expect(await lastUpdate(existing)).toMatchObject({ S3Key: 'kept.zip' });
  });

  it('is taken from the version itself once the package is another one', async () => {
    const { existing, input, codeSha256 } = await releasedTwice();
    await existing.place.put('kept.zip', 'overwritten');
    await run('restoreCode', input);
    expect((await existing.place.holds(existing.name))?.codeSha256).toBe(codeSha256);
    expect(await lastUpdate(existing)).toHaveProperty('ZipFile');
  });
});
