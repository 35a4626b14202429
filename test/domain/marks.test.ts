import { describe, expect, it } from '@jest/globals';
import { markText, readHolder, readMark, withHolder } from '../../src/domain/marks.js';
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

describe('whose split an alias says it has', () => {
  const holder = { application: 'shop [eu] & more', target: 'prod-1', deploymentId };

  it.each(['', 'what customers get', 'ends with a space ', '[sluice application="'])(
    'stands behind what people have written there: "%s"',
    (written) => {
      const text = withHolder(written, holder);
      expect(text.startsWith(written)).toBe(true);
      expect(text).toContain('application="shop [eu] & more" target="prod-1"');
      expect(readHolder(text)).toEqual({ written, holder });
    },
  );

  it('fits with the longest names that there are', () => {
    const longest = { application: 'a'.repeat(100), target: 't'.repeat(64), deploymentId };
    const text = withHolder('', longest);
    expect(text.length).toBeLessThanOrEqual(256);
    expect(readHolder(text)).toEqual({ written: '', holder: longest });
  });

  it('is left out rather than that what people have written is cut', () => {
    const written = 'x'.repeat(200);
    expect(withHolder(written, holder)).toBe(written);
    expect(readHolder(written)).toEqual({ written });
  });

  it('is not believed when it names what can be no deployment', () => {
    for (const text of [
      '[sluice application="a:b" target="prod" deployment=1]',
      `[sluice application="${'a'.repeat(101)}" target="prod" deployment=1]`,
      '[sluice application="a" target="\u001b[2J" deployment=1]',
      '[sluice application="a" target="prod" deployment=$(reboot)]',
      '[sluice application="a" target="prod" deployment=1] and more',
    ]) {
      expect(readHolder(text)).toEqual({ written: text });
    }
  });
});
