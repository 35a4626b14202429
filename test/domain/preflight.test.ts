import { describe, expect, it } from '@jest/globals';
import { aliasWarnings } from '../../src/domain/aliasFindings.js';
import { PERMISSIONS } from '../../src/domain/permissions.js';
import { permissionsFor } from '../../src/domain/permissionsOf.js';
import { roomFor } from '../../src/domain/roomForCode.js';
import { runtimeProblem, runtimeWarnings } from '../../src/domain/runtimeFindings.js';
import { provisionedNeed, wouldChange, type FoundFunction } from '../../src/domain/wouldChange.js';
import { EMPTY } from '../support/memoryLambda.js';
import { functionPlan, targetPlan } from '../support/plans.js';

/** With these it looks before it writes: without the last two it goes on, and without the others it has not begun. */
const BEFORE_WRITES = [
  'lambda:GetFunction',
  'lambda:GetAlias',
  'lambda:GetAccountSettings',
  'lambda:ListProvisionedConcurrencyConfigs',
];

describe('the permissions that a deployment needs', () => {
  it('are all in the list of those that a deploy role has', () => {
    const { forward, back } = permissionsFor([
      'CreateFunction',
      'UpdateFunctionConfiguration',
      'UpdateFunctionCode',
      'PublishVersion',
      'CreateAlias',
      'UpdateAlias',
      'PutProvisionedConcurrencyConfig',
      'DeleteProvisionedConcurrencyConfig',
    ]);
    const listed = PERMISSIONS.filter(({ action }) => /^lambda:/.test(action));
    expect(new Set([...forward, ...back].map(({ action }) => action))).toEqual(
      new Set(
        listed
          .filter(({ purpose }) => purpose === 'deploy')
          .map(({ action }) => action)
          .filter((action) => !BEFORE_WRITES.includes(action)),
      ),
    );
  });
});

describe('what a deployment writes', () => {
  const state = { revisionId: 'r', codeSha256: 'a', settings: EMPTY };
  const changes = { code: true, settings: ['memorySize' as const] };
  const found = (version: string): FoundFunction => ({
    snapshot: {
      latest: state,
      served: { ...state, version, description: '' },
      alias: { version, weights: {}, revisionId: 'r', description: '' },
    },
    latest: changes,
    served: changes,
    wanted: {},
  });
  const plan = functionPlan('f', { alias: 'live' });
  const pinned = { ...plan.package, codeSha256: 'b' };
  const would = (version: string) =>
    wouldChange(found(version), plan, pinned, [{ type: 'setWeight', weight: 10 }]);

  it('is the provisioned concurrency alone where nothing else differs', () => {
    const same = { code: false, settings: [] };
    const { snapshot } = found('7');
    const provisioned = { versions: { '7': 8, '6': 5 } };
    const as = (provisionedConcurrency: number) => {
      const one = { ...found('7'), latest: changes, served: same };
      const wanted = { ...plan, provisionedConcurrency };
      return wouldChange({ ...one, snapshot: { ...snapshot, provisioned } }, wanted, pinned, []);
    };
    expect(as(8)).toMatchObject({ change: 'unchanged', writes: [] });
    expect(as(8)).not.toHaveProperty('provisionedConcurrency');
    expect(as(20)).toMatchObject({
      change: 'change',
      writes: ['PutProvisionedConcurrencyConfig'],
      provisionedConcurrency: { before: 8, after: 20, meanwhile: 20 },
      alias: { weights: [] },
    });
    expect(as(0)).toMatchObject({ writes: ['DeleteProvisionedConcurrencyConfig'] });
    const need = provisionedNeed(
      { ...found('7'), snapshot: { ...snapshot, provisioned } },
      { ...plan, provisionedConcurrency: 20 },
      { before: 8, after: 20, meanwhile: 28 },
    );
    expect(need).toEqual({ more: 20, together: 33 });
  });

  it('is the alias first where that serves $LATEST', () => {
    expect(would('$LATEST')).toMatchObject({
      writes: [
        'PublishVersion',
        'UpdateAlias',
        'UpdateFunctionConfiguration',
        'UpdateFunctionCode',
      ],
      alias: { pinnedFirst: true, before: { version: '$LATEST' }, weights: [10, 100] },
    });
    expect(aliasWarnings(found('$LATEST'), plan)).toMatchObject([{ code: 'aliasOnLatest' }]);
  });

  it('is the alias last where that serves a version', () => {
    expect(would('7').writes.at(-1)).toBe('UpdateAlias');
    expect(would('7').alias).not.toHaveProperty('pinnedFirst');
    expect(aliasWarnings(found('7'), plan)).toEqual([]);
  });
});

describe('room for code', () => {
  const target = targetPlan('prod');
  const MB = 1024 * 1024;

  it.each([
    ['three versions', 30, [], []],
    ['fewer than three', 29, [], ['littleCodeStorage']],
    ['not one', 9, ['codeStorageFull'], []],
  ])('for %s', (_, room, problems, warnings) => {
    const found = roomFor(10 * MB, room * MB, target);
    expect(found.problems.map(({ code }) => code)).toEqual(problems);
    expect(found.warnings.map(({ code }) => code)).toEqual(warnings);
  });

  it('is no matter where nothing is uploaded, or where it is not known', () => {
    const nothing = { problems: [], warnings: [] };
    expect(roomFor(0, 0, target)).toEqual(nothing);
    expect(roomFor(10, undefined, target)).toEqual(nothing);
  });
});

describe('runtimes', () => {
  const now = new Date('2026-11-25');
  const on = (runtime: string): FoundFunction => {
    const latest = { revisionId: 'r', codeSha256: 'a', settings: { ...EMPTY, runtime } };
    const changes = { code: true, settings: ['runtime' as const] };
    return { snapshot: { latest }, served: changes, latest: changes, wanted: {} };
  };
  const codes = (found: FoundFunction, alias?: string) =>
    runtimeWarnings(found, functionPlan('f', { ...(alias && { alias }) }), now).map(
      ({ code }) => code,
    );

  it('that AWS no longer updates could not be put back', () => {
    expect(codes(on('nodejs12.x'), 'live')).toEqual(['runtimeNotRestorable']);
    expect(codes(on('nodejs22.x'), 'live')).toEqual([]);
  });

  it('serve the old code for a moment where there is no alias', () => {
    expect(codes(on('nodejs22.x'))).toEqual(['codeAndRuntimeTogether']);
  });

  it('on which AWS creates no functions keep one from being created', () => {
    const settings = { ...functionPlan('f').settings, runtime: 'python3.7' };
    const plan = functionPlan('f', { settings });
    expect(runtimeProblem({ snapshot: {}, wanted: {} }, plan, now)).toMatchObject({
      code: 'settingsRejected',
      message: expect.stringContaining('since 2024-01-09'),
    });
    expect(runtimeProblem(on('python3.7'), plan, now)).toBeUndefined();
  });
});
