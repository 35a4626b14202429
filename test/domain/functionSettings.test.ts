import { describe, expect, it } from '@jest/globals';
import { SETTINGS, type SettingsTable } from '../../src/domain/functionSettings.js';
import { sameValue } from '../../src/domain/sameValue.js';

describe('the table of settings', () => {
  it('does not compile without a setting, or without a part of one', () => {
    const { layers, ...others } = SETTINGS;
    // @ts-expect-error -- layers are missing
    const withoutSetting: SettingsTable = others;
    const { lists: _, ...rest } = layers;
    // @ts-expect-error -- nothing is said of the order of the layers
    const withoutPart: SettingsTable = { ...others, layers: rest };
    expect(withoutSetting).not.toHaveProperty('layers');
    expect(withoutPart.layers).not.toHaveProperty('lists');
  });
});

describe('whether a setting has another value', () => {
  const network = { subnets: ['a', 'b'], groups: [{ id: 1, name: 'x' }], dual: false };

  it('does not depend on the order of keys', () => {
    const turned = { dual: false, groups: [{ name: 'x', id: 1 }], subnets: ['a', 'b'] };
    expect(sameValue(network, turned, 'ordered')).toBe(true);
  });

  it('depends on the order of lists where that means something', () => {
    const turned = { ...network, subnets: ['b', 'a'] };
    expect(sameValue(network, turned, 'ordered')).toBe(false);
    expect(sameValue(network, turned, 'unordered')).toBe(true);
  });

  it.each([
    [{ ...network, subnets: ['a'] }],
    [{ ...network, subnets: ['a', 'b', 'b'] }],
    [{ ...network, dual: 'false' }],
    [{ ...network, more: 1 }],
    [{}],
    [undefined],
  ])('is seen: %j', (other) => {
    expect(sameValue(network, other, 'unordered')).toBe(false);
  });
});
