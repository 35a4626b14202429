import { describe, expect, it } from '@jest/globals';
import type { FunctionWide } from '../../src/domain/functionWide.js';
import type { FunctionPlan } from '../../src/domain/plan.js';
import { isAsPlanned, isReleased, isReservedLast, keptVersion } from '../../src/domain/release.js';
import { provisionedNeed, wouldChange, type FoundFunction } from '../../src/domain/wouldChange.js';
import type { WideState } from '../../src/domain/wideSettings.js';
import { EMPTY } from '../support/memoryLambda.js';
import { functionPlan } from '../support/plans.js';

interface Differing {
  code?: boolean;
  wide?: boolean;
  provisioned?: boolean;
}

/** Version 7 serves, with a provisioned concurrency of 8 and a tag. */
function found({ code = false }: Differing, version = '7', wide: WideState = {}): FoundFunction {
  const state = { revisionId: 'r', codeSha256: 'a', settings: EMPTY };
  const changes = { code, settings: [] };
  return {
    snapshot: {
      latest: state,
      served: { ...state, version, description: '' },
      alias: { version, weights: {}, revisionId: 'r', description: '' },
      provisioned: { versions: { '7': 8 } },
      wide: { tags: { team: 'before' }, ...wide },
    },
    latest: changes,
    served: changes,
    wanted: {},
  };
}

function planOf({ wide = false, provisioned = false }: Differing): FunctionPlan {
  return functionPlan('f', {
    alias: 'live',
    functionWide: { tags: { team: wide ? 'after' : 'before' } },
    provisionedConcurrency: provisioned ? 20 : 8,
  });
}

function would(differing: Differing, version?: string) {
  const plan = planOf(differing);
  const pinned = { ...plan.package, codeSha256: 'b' };
  return wouldChange(found(differing, version), plan, pinned, [{ type: 'setWeight', weight: 10 }]);
}

const [code, wide, provisioned] = [true, true, true];
const [PUBLISH, CODE, TAG] = ['PublishVersion', 'UpdateFunctionCode', 'TagResource'];
const [GIVE, MOVE, TAKE] = [
  'PutProvisionedConcurrencyConfig',
  'UpdateAlias',
  'DeleteProvisionedConcurrencyConfig',
];

describe('what a deployment writes, of everything that can differ', () => {
  it.each([
    ['nothing', {}, []],
    ['what belongs to the function', { wide }, [TAG]],
    ['provisioned concurrency', { provisioned }, [GIVE]],
    ['both of these', { wide, provisioned }, [TAG, GIVE]],
    ['code', { code }, [PUBLISH, CODE, GIVE, MOVE, TAKE]],
    ['code and the function', { code, wide }, [PUBLISH, CODE, TAG, GIVE, MOVE, TAKE]],
    ['code and provisioned', { code, provisioned }, [PUBLISH, CODE, GIVE, MOVE, TAKE]],
    ['all', { code, wide, provisioned }, [PUBLISH, CODE, TAG, GIVE, MOVE, TAKE]],
  ])('is, where %s differs, no more than that needs', (_, differing: Differing, writes) => {
    const changed = would(differing);
    expect(changed.change).toBe(writes.length === 0 ? 'unchanged' : 'change');
    expect(changed.writes).toEqual(writes);
    const isMoved = differing.code === true;
    expect(changed.alias?.weights).toEqual(isMoved ? [10, 100] : []);
    expect(isReleased(found(differing), planOf(differing))).toBe(isMoved);
    expect(changed.functionWide).toEqual(
      differing.wide
        ? [{ name: 'tags', before: { team: 'before' }, after: { team: 'after' } }]
        : undefined,
    );
    const isGiven = differing.code === true || differing.provisioned === true;
    const after = differing.provisioned ? 20 : 8;
    expect(changed.provisionedConcurrency).toEqual(
      isGiven ? { before: 8, after, meanwhile: isMoved ? 8 + after : after } : undefined,
    );
  });

  it('moves no traffic and publishes nothing for provisioned concurrency alone', () => {
    const differing = { wide, provisioned };
    expect(keptVersion(found(differing), planOf(differing))).toBe('7');
    expect(isAsPlanned(found(differing), planOf(differing))).toBe(false);
  });

  it.each([
    ['only the function differs', { wide }, false],
    ['provisioned concurrency differs', { provisioned: true }, true],
    ['code differs', { code }, true],
  ])(
    'points an alias that serves $LATEST at a version, or not, where %s',
    (_, differing: Differing, pinned) => {
      const plan = { ...planOf(differing), provisionedConcurrency: differing.provisioned ? 20 : 0 };
      const { alias, writes } = wouldChange(
        found(differing, '$LATEST'),
        plan,
        { ...plan.package, codeSha256: 'b' },
        [],
      );
      expect(alias?.pinnedFirst ?? false).toBe(pinned);
      expect(writes.includes('UpdateAlias')).toBe(pinned);
    },
  );
});

describe('what is reserved for a function, where provisioned concurrency changes', () => {
  const planned = (reservedConcurrency: FunctionWide['reservedConcurrency'], wanted: number) =>
    functionPlan('f', {
      alias: 'live',
      provisionedConcurrency: wanted,
      functionWide: { reservedConcurrency: reservedConcurrency! },
    });

  it.each([
    ['becomes enough for both versions', 30, { code }, 20, false],
    ['becomes enough only without the old version', 25, { code }, 20, true],
    ['becomes too little in any case', 19, { code }, 20, false],
    ['goes', 'none', { code }, 20, false],
    ['becomes less together with the number of the version', 3, {}, 3, true],
    ['becomes more together with the number of the version', 20, {}, 20, false],
    ['becomes less while no number changes', 3, {}, 8, false],
  ] as const)('is written last where it %s', (_, reserved, differing, wanted, isLast) => {
    const plan = planned(reserved, wanted);
    const before = found(differing, '7', { reservedConcurrency: 100 });
    expect(isReservedLast(before, plan)).toBe(isLast);
    const pinned = { ...plan.package, codeSha256: 'b' };
    const { writes } = wouldChange(before, plan, pinned, []);
    expect(writes.at(-1) === 'PutFunctionConcurrency').toBe(isLast || writes.length === 1);
  });

  it('is what the room for provisioned concurrency is measured by, unless it comes last', () => {
    const need = (reserved: number) => {
      const plan = planned(reserved, 20);
      const before = found({ code }, '7', { reservedConcurrency: 100 });
      const change = { before: 8, after: 20, meanwhile: 28 };
      return provisionedNeed(before, plan, change);
    };
    expect(need(30)).toEqual({ more: 20, together: 28, reserved: 30 });
    expect(need(25)).toEqual({ more: 20, together: 28 });
  });
});
