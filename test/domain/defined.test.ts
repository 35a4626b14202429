import { describe, expect, it } from '@jest/globals';
import { defined } from '../../src/domain/defined.js';

interface Person {
  name: string;
  role?: string;
}

const unknownRole = undefined as string | undefined;

describe('an object without what is undefined', () => {
  it('has all the rest, also what is empty', () => {
    const all = { none: null, no: false, zero: 0, text: '', list: [], left: undefined };
    expect(defined(all)).toStrictEqual({ none: null, no: false, zero: 0, text: '', list: [] });
    expect(all).toHaveProperty('left');
  });

  it('has its keys in the order in which they were written', () => {
    const { b, c, a } = { b: 1, c: undefined as number | undefined, a: 2 };
    expect(JSON.stringify({ z: 0, ...defined({ b, c, a }) })).toBe('{"z":0,"b":1,"a":2}');
  });

  it('fits a type whose optional fields may not be undefined', () => {
    const person: Person = { name: 'alice', ...defined({ role: unknownRole }) };
    expect(person).toStrictEqual({ name: 'alice' });
    // @ts-expect-error -- a name is required, and this one may be missing
    const nobody: Person = defined({ name: unknownRole });
    expect(nobody).toStrictEqual({});
  });
});
