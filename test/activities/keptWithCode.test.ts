import { beforeAll, describe, expect, it } from '@jest/globals';
import { zipOf } from '../../dev/stack/packages.js';
import type { UpdateCodeInput } from '../../src/activities/code.js';
import { keptWithCode } from '../../src/activities/keptWithCode.js';
import { activityBench, type Run } from '../support/activityBench.js';
import { KEY, StoredCode } from '../support/storedCode.js';

let run: Run;
beforeAll(() => {
  run = activityBench();
});

const ACCESS = {
  application: 'shop',
  deploymentId: 'd',
  target: 'prod',
  deployRoleArn: 'arn:aws:iam::111111111111:role/Deploy',
  region: 'us-east-1',
};

async function update(one: StoredCode, changes: Partial<UpdateCodeInput> = {}): Promise<string> {
  const revisionId = await one.revisionId();
  const { state } = await run('updateCode', {
    ...one.access,
    revisionId,
    package: one.next,
    ...changes,
  });
  return state.revisionId;
}

async function updateAndRestore(one: StoredCode): Promise<void> {
  const revisionId = await update(one);
  await run('restoreCode', { ...one.access, revisionId, fromVersion: '1' });
}

async function sentCode({ place }: StoredCode): Promise<boolean> {
  return (await place.requests()).some(
    ({ operation, parameters }) =>
      operation === 'UpdateFunctionCode' && parameters['ZipFile'] !== undefined,
  );
}

describe('what UpdateFunctionCode resets when it is left out', () => {
  it('stays as it is under new code, and under the old code when that comes back', async () => {
    const one = await StoredCode.make();
    const before = await one.stored();
    expect(before).toMatchObject({ key: KEY, architectures: ['arm64'] });
    const revisionId = await update(one);
    expect(await one.stored()).toEqual({ ...before, codeSha256: one.next.codeSha256 });
    await run('restoreCode', { ...one.access, revisionId, fromVersion: '1' });
    expect(await one.stored()).toEqual(before);
  });

  it('stays as it is of a function that refers to its package in S3, from where the old comes back', async () => {
    const one = await StoredCode.make({ S3ObjectStorageMode: 'REFERENCE' });
    const before = await one.stored();
    expect(before).toMatchObject({ key: KEY, refersTo: one.old.versionId });
    const revisionId = await update(one);
    expect(await one.stored()).toMatchObject({ key: KEY, refersTo: one.next.versionId });
    await run('restoreCode', { ...one.access, revisionId, fromVersion: '1' });
    expect(await one.stored()).toEqual(before);
    expect(await sentCode(one)).toBe(false);
  });

  it('stays as it is when the old code has to be sent', async () => {
    const ZipFile = zipOf({ 'index.js': `exports.handler = async () => 'by hand';` });
    const one = await StoredCode.make({ ZipFile });
    const before = await one.stored();
    await updateAndRestore(one);
    expect(await one.stored()).toEqual(before);
    expect(await sentCode(one)).toBe(true);
  });

  it('is not lost where the role may not see it', () => {
    const access = { ...ACCESS, function: 'orders' };
    const Code = {
      Error: { ErrorCode: 'AccessDeniedException', Message: 'KMS access is denied.' },
    };
    const hidden = { Code, Configuration: {}, $metadata: {} };
    expect(() => keptWithCode(access, hidden, {})).toThrow(
      'The deploy role may not see with which key the code of orders in us-east-1 is encrypted: KMS access is denied.',
    );
    const seen = { ...hidden, Code: { ...Code, SourceKMSKeyArn: KEY } };
    expect(keptWithCode(access, seen, {})).toEqual({ SourceKMSKeyArn: KEY });
  });

  it('gives way to what the plan names', async () => {
    const one = await StoredCode.make();
    await update(one, { architectures: ['x86_64'] });
    expect(await one.stored()).toMatchObject({ key: KEY, architectures: ['x86_64'] });
  });
});
