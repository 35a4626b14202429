import { describe, expect, it } from '@jest/globals';
import { asShown } from '../../src/client/asShown.js';
import { packageUri, type PinnedPackage, type PinnedZip } from '../../src/domain/packages.js';
import type { FunctionPreflight } from '../../src/domain/preflight.js';
import { staging } from '../cli/preflights.js';
import { functionPlan, plan, targetPlan } from '../support/plans.js';

const [unchanged] = staging.functions;

/** A function as it was shown, with this package, or with one that could not be read. */
function shown(name: string, pinned?: PinnedPackage): FunctionPreflight {
  if (pinned === undefined) return { ...unchanged!, name };
  const { codeSha256 } = pinned;
  return { ...unchanged!, name, package: { uri: packageUri(pinned), codeSha256 } };
}

describe('a plan as it was shown', () => {
  it.each<PinnedZip>([
    { bucket: 'packages', key: 'orders.zip', codeSha256: 'abc=' },
    { bucket: 'packages', key: 'orders.zip', codeSha256: 'abc=', versionId: '3' },
    { bucket: 'packages', key: 'a?versionId=1', codeSha256: 'abc=' },
    { bucket: 'packages', key: 'a?versionId=1', codeSha256: 'abc=', versionId: '3' },
  ])('means exactly the bytes that were looked at: %j', (pinned) => {
    const { bucket, key } = pinned;
    const one = functionPlan('orders', { package: { bucket, key } });
    const wanted = plan([targetPlan('prod', { functions: [one] })]);
    const targets = [{ ...staging, target: 'prod', functions: [shown('orders', pinned)] }];
    const functions = [{ ...one, package: pinned }];
    const [target] = wanted.targets;
    expect(asShown(wanted, { targets })).toEqual({
      ...wanted,
      targets: [{ ...target, functions }],
    });
  });

  it('means exactly the image that was looked at, whatever its tag names by now', () => {
    const codeSha256 = '4f9a1c77b2d0'.padEnd(64, '0');
    const base = '111111111111.dkr.ecr.us-east-1.amazonaws.com/orders';
    const pinned = { imageUri: `${base}:1.4.0`, codeSha256 };
    const one = functionPlan('orders', { package: { imageUri: pinned.imageUri } });
    const wanted = plan([targetPlan('prod', { functions: [one] })]);
    const targets = [{ ...staging, target: 'prod', functions: [shown('orders', pinned)] }];
    expect(asShown(wanted, { targets }).targets[0]?.functions[0]?.package).toEqual({
      imageUri: `${base}@sha256:${codeSha256}`,
      codeSha256,
    });
  });

  it('tells targets apart, and leaves what could not be read', () => {
    const at = (codeSha256: string) => ({ bucket: 'packages', key: 'orders.zip', codeSha256 });
    const targets = [
      { ...staging, target: 'one', functions: [shown('orders', at('first'))] },
      { ...staging, target: 'two', functions: [shown('cart'), shown('orders', at('second'))] },
    ];
    const functionNames = ['orders', 'cart'];
    const wanted = plan(['one', 'two', 'three'].map((name) => targetPlan(name, { functionNames })));
    const bytes = asShown(wanted, { targets }).targets.map(({ functions }) =>
      functions.map((one) => one.package.codeSha256),
    );
    expect(bytes).toEqual([
      ['first', undefined],
      ['second', undefined],
      [undefined, undefined],
    ]);
  });
});
