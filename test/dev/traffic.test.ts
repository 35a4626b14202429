import { describe, expect, it } from '@jest/globals';
import { Traffic } from '../../dev/demo/traffic.js';

function traffic(counts: Record<string, number>): Traffic {
  const counted = new Traffic();
  for (const [version, count] of Object.entries(counts))
    for (let times = 0; times < count; times += 1) counted.add(version);
  return counted;
}

describe('the traffic that the demo counts', () => {
  it('is told by version, in the order of the versions', () => {
    expect(traffic({ 10: 50, 9: 150 }).toString()).toBe(
      '200 invocations: 150 by version 9, 50 by version 10',
    );
  });

  it('is split as it should be when chance explains the difference', () => {
    traffic({ 1: 160, 2: 40 }).assertSplit('1', '2', 25);
  });

  it.each([
    ['the new version has too little', { 1: 185, 2: 15 }],
    ['the new version has too much', { 1: 110, 2: 90 }],
    ['a third version answers', { 1: 140, 2: 50, 3: 10 }],
    ['the new version has nothing', { 1: 200 }],
  ])('is not split as it should be when %s', (_, counts) => {
    expect(() => traffic(counts).assertSplit('1', '2', 25)).toThrow('version 2 was to get');
  });

  it('is all by one version, or not', () => {
    traffic({ 2: 200 }).assertAllBy('2');
    expect(() => traffic({ 1: 1, 2: 199 }).assertAllBy('2')).toThrow('1 by version 1');
  });
});
