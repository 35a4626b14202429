import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readDeployment, readParsed } from '../../src/config/index.js';
import { DEPLOYMENT_ID, NOW, SHOP, shopWith } from './support.js';
import { wrongFiles } from './wrongFiles.js';

const options = { deploymentId: DEPLOYMENT_ID, now: NOW };
const objectOf = (text: string): unknown => parse(text, { merge: true }) as unknown;
const codesOf = (value: unknown) => readParsed(value, options).problems.map(({ code }) => code);

/** In bytes: larger files are wrong in the same ways, more often. */
const LARGE = 5000;

/** An object within objects, to a depth. */
function nested(depth: number): unknown {
  let value = {};
  for (let level = 0; level < depth; level++) value = { a: value };
  return value;
}

describe('a deployment that was parsed already', () => {
  it('means what its text means', () => {
    const { plan, problems } = readParsed(objectOf(SHOP), options);
    expect(problems).toEqual([]);
    expect(plan).toEqual(readDeployment(SHOP, options).plan);
    expect(plan?.targets.map(({ name }) => name)).toEqual(['staging', 'production']);
  });

  it('can be limited to some targets, with a context', () => {
    const asked = { targets: ['staging'], context: { team: 'ops' } };
    const { plan } = readParsed(objectOf(SHOP), { ...options, ...asked });
    expect(plan).toMatchObject({ targets: [{ name: 'staging' }], context: { team: 'ops' } });
  });

  it('is told where it is wrong by a path, and how to mend it', () => {
    const wrong = objectOf(shopWith('strategy: atOnce', 'strategy: slowly'));
    const { plan, problems } = readParsed(wrong, options);
    expect(plan).toBeUndefined();
    const error = problems.find(({ severity }) => severity === 'error');
    expect(error).toEqual({
      code: 'unknown-strategy',
      severity: 'error',
      path: 'targets.staging.strategy',
      message: expect.stringContaining('"slowly"'),
      remedy: expect.stringMatching(/\.$/),
    });
  });

  it('has text where text is meant, but for a fraction, which may have lost digits', () => {
    const value = objectOf(shopWith('team: checkout', 'team: 1.10'));
    expect(readParsed(value, options).problems).toMatchObject([
      { code: 'wrong-type', message: 'context.team must be text, not 1.1.' },
    ]);
    const whole = objectOf(shopWith('team: checkout', 'team: 42'));
    expect(readParsed(whole, options).plan?.context['team']).toBe('42');
  });

  it('is held to the rules that files are held to', () => {
    let compared = 0;
    for (const { name, bytes } of wrongFiles()) {
      if (bytes.length > LARGE) continue;
      const { diagnostics } = readDeployment(bytes, options);
      if (diagnostics.some(({ path }) => path === undefined)) continue; // It is about the text.
      if (diagnostics.some(({ path }) => path?.startsWith('include'))) continue; // Or another one.
      const value = objectOf(new TextDecoder().decode(bytes));
      // An object includes nothing, which is said of it.
      if (Object.hasOwn(value as object, 'include')) continue;
      expect([name, ...codesOf(value).sort()]).toEqual([
        name,
        ...diagnostics.map(({ code }) => code).sort(),
      ]);
      compared++;
    }
    expect(compared).toBeGreaterThan(50);
  });

  it('may have keys of its own at the top, as files may', () => {
    expect(codesOf({ ...(objectOf(SHOP) as object), 'x-mine': { a: [1] } })).toEqual([]);
  });
});

describe('what is no deployment', () => {
  const itself: Record<string, unknown> = {};
  itself['me'] = itself;

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'wrong-type'],
    ['null', null, 'wrong-type'],
    ['a text', 'deploy.yaml', 'wrong-type'],
    ['a list', [], 'wrong-type'],
    ['a function', () => 1, 'wrong-type'],
    ['a big number', { application: 1n }, 'wrong-type'],
    ['what contains itself', itself, 'wrong-type'],
    ['what is nested too deeply', nested(100), 'nested-too-deeply'],
    ['what is nested deeper than the stack', nested(100_000), 'nested-too-deeply'],
    ['what is too large', { application: 'x'.repeat(1024 * 1024) }, 'file-too-large'],
    ['a reserved key', JSON.parse('{"context": {"__proto__": "x"}}'), 'reserved-key'],
  ])('is refused with a sentence: %s', (_name, value, code) => {
    const { plan, problems } = readParsed(value, options);
    expect(plan).toBeUndefined();
    expect(problems).toMatchObject([{ code, severity: 'error' }]);
    expect(`${problems[0]?.message} ${problems[0]?.remedy}`).toMatch(/^[^\n]+\. [^\n]+\.$/);
  });

  it('may have more mistakes in one list than its schema can hold', () => {
    const pause = { requiresRoles: Array<string>(130_000).fill('') };
    const { plan, problems } = readParsed(
      { kind: 'lambda', strategies: { s: { canary: { steps: [{ pause }] } } } },
      options,
    );
    expect([plan, problems.length]).toEqual([undefined, 20_000]);
  });
});
