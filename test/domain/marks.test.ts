import { describe, expect, it } from '@jest/globals';
import { markText, readMark } from '../../src/domain/marks.js';
import { packageUri, readPackageUri } from '../../src/domain/packages.js';

const deploymentId = '3f8e2c1a-0b6d-4e57-9a51-7c2d8e4f6a90';

describe('the mark a deployment leaves', () => {
  it('tells the deployment and the package with its object version', () => {
    const uri = packageUri({ bucket: 'packages', key: 'a b/orders.zip', versionId: 'v1' });
    const mark = readMark(markText({ deploymentId, packageUri: uri }));
    expect(mark).toEqual({ deploymentId, packageUri: uri });
    expect(readPackageUri(uri)).toEqual({
      bucket: 'packages',
      key: 'a b/orders.zip',
      versionId: 'v1',
    });
  });

  it('keeps to the length AWS accepts, giving up the package first', () => {
    const text = markText({ deploymentId, packageUri: `s3://packages/${'k'.repeat(300)}` });
    expect(text.length).toBeLessThanOrEqual(256);
    expect(readMark(text)).toEqual({ deploymentId });
  });

  it('is not seen in what people write', () => {
    expect(readMark('our orders function')).toBeUndefined();
    expect(readMark('')).toBeUndefined();
    expect(readMark(undefined)).toBeUndefined();
  });
});
