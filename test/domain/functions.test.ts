import { describe, expect, it } from '@jest/globals';
import { sameShape, servesLatest, shapeText, withoutLatest } from '../../src/domain/functions.js';
import { differingSettings } from '../../src/domain/settingSelection.js';
import { NOT_SET } from '../support/notSet.js';

const settings = {
  role: 'arn:aws:iam::111111111111:role/Execution',
  handler: 'index.handler',
  runtime: 'nodejs24.x',
  memorySize: 128,
  timeout: 3,
  environmentHashes: { A: '1', B: '2' },
  layers: ['x:1', 'y:2'],
  architectures: ['x86_64'],
  ...NOT_SET,
};

describe('which settings differ', () => {
  it('concerns only the settings that are wanted', () => {
    expect(differingSettings(settings, {})).toEqual([]);
    expect(differingSettings(settings, { memorySize: 128, handler: 'index.handler' })).toEqual([]);
  });

  it('names each that has another value', () => {
    const wanted = { memorySize: 256, timeout: 3, environmentHashes: { A: '1' } };
    expect(differingSettings(settings, wanted)).toEqual(['memorySize', 'environmentHashes']);
  });

  it('sees the order of layers, which decides which of them wins', () => {
    expect(differingSettings(settings, { layers: ['y:2', 'x:1'] })).toEqual(['layers']);
  });
});

describe("an alias's shape", () => {
  it('is the same whatever its revision or description', () => {
    expect(sameShape({ version: '1', weights: {} }, { version: '1', weights: {} })).toBe(true);
    expect(sameShape({ version: '1', weights: { 2: 0.1 } }, { version: '1', weights: {} })).toBe(
      false,
    );
    expect(
      sameShape({ version: '1', weights: { 2: 0.1 } }, { version: '1', weights: { 2: 0.2 } }),
    ).toBe(false);
    expect(
      sameShape({ version: '1', weights: { 2: 0.1 } }, { version: '1', weights: { 3: 0.1 } }),
    ).toBe(false);
  });

  it('reads as shares of the traffic', () => {
    expect(shapeText({ version: '7', weights: {} })).toBe('version 7');
    expect(shapeText({ version: '7', weights: { 8: 0.25 } })).toBe(
      'version 7 (75 %) and version 8 (25 %)',
    );
    expect(shapeText({ version: '$LATEST', weights: {} })).toBe('$LATEST');
    expect(shapeText({ version: '7', weights: { $LATEST: 0.25 } })).toBe(
      'version 7 (75 %) and $LATEST (25 %)',
    );
  });

  it.each([
    [
      { version: '$LATEST', weights: {} },
      { version: '7', weights: {} },
    ],
    [
      { version: '$LATEST', weights: { 3: 0.2 } },
      { version: '7', weights: { 3: 0.2 } },
    ],
    [
      { version: '3', weights: { $LATEST: 0.2 } },
      { version: '3', weights: { 7: 0.2 } },
    ],
    [
      { version: '7', weights: { $LATEST: 0.2 } },
      { version: '7', weights: {} },
    ],
  ])('%j is the same traffic with version 7 in the place of $LATEST', (shape, published) => {
    expect(servesLatest(shape)).toBe(true);
    expect(withoutLatest(shape, '7')).toEqual(published);
    expect(servesLatest(published)).toBe(false);
  });
});
