import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { findCycles, releasesAfter, startOrder } from '../../src/domain/order.js';
import { targetPlan } from '../support/plans.js';

const names = (targets: readonly { name: string }[]): string[] => targets.map(({ name }) => name);

describe('the order in which targets start', () => {
  it('is the order of the file where nothing depends on anything', () => {
    expect(names(startOrder([targetPlan('b'), targetPlan('a'), targetPlan('c')]))).toEqual([
      'b',
      'a',
      'c',
    ]);
  });

  it('puts a target after everything it depends on', () => {
    const prod = targetPlan('prod', { dependsOn: ['eu', 'us'] });
    const eu = targetPlan('eu', { dependsOn: ['staging'] });
    const us = targetPlan('us', { dependsOn: ['staging'] });
    const order = names(startOrder([prod, eu, us, targetPlan('staging')]));
    expect(order).toEqual(['staging', 'eu', 'us', 'prod']);
  });

  it('is found for a chain as long as a plan may be', () => {
    const chain = Array.from({ length: 2000 }, (_, index) =>
      targetPlan(`t${index}`, { dependsOn: index === 1999 ? [] : [`t${index + 1}`] }),
    );
    expect(names(startOrder(chain))[0]).toBe('t1999');
    expect(findCycles(chain)).toEqual([]);
  });
});

describe('a dependency cycle', () => {
  it('is told as the way around it', () => {
    const targets = [
      targetPlan('start', { dependsOn: ['a'] }),
      targetPlan('a', { dependsOn: ['b'] }),
      targetPlan('b', { dependsOn: ['c'] }),
      targetPlan('c', { dependsOn: ['a'] }),
    ];
    expect(findCycles(targets)).toEqual([['a', 'b', 'c', 'a']]);
  });

  it('may be a target that depends on itself', () => {
    expect(findCycles([targetPlan('a', { dependsOn: ['a'] })])).toEqual([['a', 'a']]);
  });

  it('is found beside others that share no target with it, up to so many', () => {
    const pair = (one: string, other: string) => [
      targetPlan(one, { dependsOn: ['nobody', other] }),
      targetPlan(other, { dependsOn: [one] }),
    ];
    const targets = [
      targetPlan('first', { dependsOn: ['a', 'c', 'e'] }),
      ...[...pair('a', 'b'), ...pair('c', 'd'), ...pair('e', 'f')],
    ];
    const cycles = [
      ['a', 'b', 'a'],
      ['c', 'd', 'c'],
      ['e', 'f', 'e'],
    ];
    expect(findCycles(targets)).toEqual(cycles);
    expect(findCycles(targets, 2)).toEqual(cycles.slice(0, 2));
  });

  it('is left in no order of targets without those that are found', () => {
    const index = fc.nat({ max: 11 });
    fc.assert(
      fc.property(fc.array(fc.tuple(index, index), { maxLength: 40 }), (edges) => {
        const targets = Array.from({ length: 12 }, (_, at) =>
          targetPlan(`t${at}`, {
            dependsOn: edges.flatMap(([from, to]) => (from === at ? [`t${to}`] : [])),
          }),
        );
        const cycles = findCycles(targets);
        const found = new Set(cycles.flat());
        expect(found.size).toBe(cycles.reduce((sum, cycle) => sum + cycle.length - 1, 0));
        const left = targets.filter(({ name }) => !found.has(name));
        const order = names(startOrder(left));
        for (const { name, dependsOn } of left)
          for (const one of dependsOn.filter((one) => order.includes(one)))
            expect(order.indexOf(one)).toBeLessThan(order.indexOf(name));
      }),
    );
  });

  it('is looked for once in each target, however many wait for nobody', () => {
    let looks = 0;
    const dependsOn = Array.from({ length: 500 }, (_, at) => `nobody-${at}`);
    const targets = Array.from({ length: 200 }, (_, at) => ({
      name: `t${at}`,
      get dependsOn() {
        looks += 1;
        return [...dependsOn, `t${at + 1 - (at % 4 === 3 ? 2 : 0)}`];
      },
    }));
    expect(findCycles(targets)).toHaveLength(50);
    expect(looks).toBe(200);
  });

  it('is not seen where two ways lead to the same target', () => {
    const targets = [
      targetPlan('a', { dependsOn: ['b', 'c'] }),
      targetPlan('b', { dependsOn: ['d'] }),
      targetPlan('c', { dependsOn: ['d'] }),
      targetPlan('d'),
    ];
    expect(findCycles(targets)).toEqual([]);
  });
});

describe('two targets that release the same function in the same account and region', () => {
  const after = (targets: Parameters<typeof releasesAfter>[0]): Record<string, string[]> =>
    Object.fromEntries([...releasesAfter(targets)].map(([name, set]) => [name, [...set]]));

  it('run one after the other in the order of the file', () => {
    const targets = ['a', 'b', 'c'].map((name) => targetPlan(name));
    expect(after(targets)).toEqual({ a: [], b: ['a'], c: ['b'] });
  });

  it('do not wait for each other in two regions or two accounts', () => {
    const targets = [
      targetPlan('a'),
      targetPlan('b', { region: 'eu-west-1' }),
      targetPlan('c', { deployRoleArn: 'arn:aws:iam::222222222222:role/Deploy' }),
    ];
    expect(after(targets)).toEqual({ a: [], b: [], c: [] });
  });

  it('follow dependsOn where that says otherwise', () => {
    const targets = [targetPlan('a', { dependsOn: ['b'] }), targetPlan('b')];
    expect(after(targets)).toEqual({ b: [], a: ['b'] });
  });

  it('never wait in a circle, however functions and dependencies cross', () => {
    const targets = [
      targetPlan('one', { dependsOn: ['three'], functionNames: ['f'] }),
      targetPlan('two', { functionNames: ['f', 'g'] }),
      targetPlan('three', { functionNames: ['g'] }),
    ];
    const waits = targets.map(({ name, dependsOn }) => ({
      name,
      dependsOn: [...dependsOn, ...(releasesAfter(targets).get(name) ?? [])],
    }));
    expect(findCycles(waits)).toEqual([]);
  });
});
