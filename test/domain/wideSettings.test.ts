import { describe, expect, it } from '@jest/globals';
import { permissionsFor } from '../../src/domain/permissionsOf.js';
import type { FunctionWide } from '../../src/domain/functionWide.js';
import { noConcurrency, reservedMore } from '../../src/domain/roomForConcurrency.js';
import {
  differingWide,
  foreignWide,
  wideDifference,
  wideText,
  type WideState,
} from '../../src/domain/wideSettings.js';
import { wouldChange, type FoundFunction } from '../../src/domain/wouldChange.js';
import { EMPTY } from '../support/memoryLambda.js';
import { functionPlan, targetPlan } from '../support/plans.js';

describe('what belongs to a whole function', () => {
  it('differs in the tags that are named, and in no others', () => {
    const found = { tags: { team: 'before', stage: 'prod' }, reservedConcurrency: 5 };
    expect(differingWide(found, { tags: { stage: 'prod' }, reservedConcurrency: 5 })).toEqual([]);
    const wanted = { team: 'after', stage: 'prod' };
    expect(wideDifference('tags', found.tags, wanted)).toEqual({ team: 'after' });
    expect(wideDifference('reservedConcurrency', 5, 'none')).toBe('none');
  });

  it('is somebody else’s where it is neither as before nor as wanted, tag by tag', () => {
    const before = { team: null, stage: 'test' };
    const wanted = { team: 'shop', stage: 'prod' };
    const foreign = (found: Record<string, string | null>) =>
      foreignWide('tags', found, { before, wanted });
    expect(foreign({ team: 'shop', stage: 'test' })).toBeUndefined();
    expect(foreign({ team: 'other', stage: 'prod' })).toEqual({ team: 'other' });
    const reserved = { before: 'none', wanted: 0 } as const;
    expect(foreignWide('reservedConcurrency', 3, reserved)).toBe(3);
    expect(foreignWide('reservedConcurrency', 0, reserved)).toBeUndefined();
  });

  it('is named in the order in which it is written', () => {
    expect(wideText(['reservedConcurrency', 'tags'])).toBe('tags and reserved concurrency');
  });
});

describe('what a plan would change of a whole function', () => {
  const state = { revisionId: 'r', codeSha256: 'a', settings: EMPTY };
  const would = (functionWide: FunctionWide, wide: WideState, code = false) => {
    const changes = { code, settings: [] };
    const alias = { version: '3', weights: {}, revisionId: 'r', description: '' };
    const served = { ...state, version: '3', description: '' };
    const found: FoundFunction = {
      snapshot: { latest: state, served, alias, wide },
      latest: changes,
      served: changes,
      wanted: {},
    };
    const plan = functionPlan('f', { alias: 'live', functionWide });
    const pinned = { ...plan.package, codeSha256: code ? 'b' : 'a' };
    return wouldChange(found, plan, pinned, [{ type: 'setWeight', weight: 10 }]);
  };

  it('is a change without a version and without traffic, where nothing else differs', () => {
    const found = { tags: { team: 'before', stage: 'prod' } };
    expect(would({ tags: { team: 'after', stage: 'prod' } }, found)).toMatchObject({
      change: 'change',
      functionWide: [{ name: 'tags', before: { team: 'before' }, after: { team: 'after' } }],
      alias: { weights: [] },
      settings: [],
      writes: ['TagResource'],
    });
  });

  it('is nothing where all of it is so', () => {
    const found = would({ reservedConcurrency: 'none' }, { reservedConcurrency: 'none' });
    expect(found).toMatchObject({ change: 'unchanged', writes: [] });
    expect(found).not.toHaveProperty('functionWide');
  });

  it('is written after the version is published, and before its traffic', () => {
    const found = would({ reservedConcurrency: 'none' }, { reservedConcurrency: 5 }, true);
    expect(found.writes).toEqual([
      'PublishVersion',
      'UpdateFunctionCode',
      'DeleteFunctionConcurrency',
      'UpdateAlias',
    ]);
  });

  it('goes along with the creation where AWS takes it there', () => {
    const functionWide = { tags: { team: 'shop' }, recursiveLoop: 'Allow' };
    const plan = functionPlan('f', { functionWide });
    const pinned = { ...plan.package, codeSha256: 'a' };
    expect(wouldChange({ snapshot: {}, wanted: {} }, plan, pinned, [])).toMatchObject({
      change: 'create',
      functionWide: [
        { name: 'tags', after: { team: 'shop' } },
        { name: 'recursiveLoop', after: 'Allow' },
      ],
      writes: ['CreateFunction', 'PublishVersion', 'PutFunctionRecursionConfig'],
    });
  });

  it('needs permissions for the way back, too', () => {
    const { forward, back } = permissionsFor(['TagResource', 'DeleteFunctionConcurrency']);
    expect(forward.map(({ action }) => action)).toEqual([
      'lambda:TagResource',
      'lambda:DeleteFunctionConcurrency',
    ]);
    expect(back.map(({ action }) => action)).toEqual([
      'lambda:UntagResource',
      'lambda:PutFunctionConcurrency',
    ]);
  });
});

describe('the concurrency of an account', () => {
  const target = targetPlan('prod');

  it('is too little where less than 100 would be left to functions that reserve none', () => {
    const account = { limit: 1000, unreserved: 150 };
    expect(noConcurrency(50, account, target)).toBeUndefined();
    expect(noConcurrency(51, account, target)).toMatchObject({
      code: 'settingsRejected',
      message: expect.stringContaining('of which 150 of 1000 are not reserved, and AWS keeps 100'),
    });
  });

  it('cannot be reserved at all where an account has no more than AWS keeps', () => {
    const account = { limit: 10, unreserved: 10 };
    expect(noConcurrency(1, account, target)?.message).toContain('AWS keeps 10');
  });

  it('is no matter where nothing more is reserved, or where it is not known', () => {
    expect(noConcurrency(0, { limit: 10, unreserved: 10 }, target)).toBeUndefined();
    expect(noConcurrency(900, undefined, target)).toBeUndefined();
  });

  it('is needed for what a function has not reserved yet', () => {
    const change = { name: 'reservedConcurrency', before: 5, after: 30 } as const;
    expect(reservedMore([change])).toBe(25);
    expect(reservedMore([{ ...change, after: 'none' }])).toBe(-5);
    expect(reservedMore([])).toBe(0);
  });
});
