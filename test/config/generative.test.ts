import { describe, expect, it } from 'vitest';
import { readDeployment, renderDiagnostics, type Diagnostic } from '../../src/config/index.js';
import { checkPlan } from '../../src/config/index.js';
import { DEPLOYMENT_ID, NOW, SHOP } from './support.js';

const RUNS = 300;

/** What a slip of the fingers or a bad merge leaves behind. */
const GARBAGE = [
  '*',
  '&a',
  '[',
  '}',
  '- ',
  ': ',
  '"',
  "'",
  '|',
  '!x',
  '\t',
  '%',
  '\u001b',
  '🚀',
  '<<: ',
];

type Random = (below: number) => number;

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Mutation = (lines: string[], random: Random) => void;

const mutations: Mutation[] = [
  function remove(lines, random) {
    lines.splice(random(lines.length), 1 + random(3));
  },
  function duplicate(lines, random) {
    const line = random(lines.length);
    lines.splice(random(lines.length), 0, lines[line] ?? '');
  },
  function swap(lines, random) {
    const [a, b] = [random(lines.length), random(lines.length)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
  },
  function indent(lines, random) {
    const line = random(lines.length);
    lines[line] = `${' '.repeat(random(5))}${(lines[line] ?? '').slice(random(3))}`;
  },
  function garble(lines, random) {
    const line = random(lines.length);
    const text = lines[line] ?? '';
    const at = random(text.length + 1);
    lines[line] =
      text.slice(0, at) + (GARBAGE[random(GARBAGE.length)] ?? '') + text.slice(at + random(3));
  },
];

function mutated(random: Random): Uint8Array {
  const lines = SHOP.split('\n');
  for (let count = random(4); count >= 0; count--)
    mutations[random(mutations.length)]?.(lines, random);
  const bytes = Buffer.from(lines.join('\n'));
  if (random(5) === 0) bytes[random(bytes.length)] = random(256);
  return bytes;
}

function isInside({ line, column }: Diagnostic, text: string): boolean {
  const lines = text.split('\n');
  return (
    line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1] ?? '').length + 1
  );
}

describe('a file that was damaged at random', () => {
  it(`is a plan or gets an error with a position, ${RUNS} times`, () => {
    for (let seed = 0; seed < RUNS; seed++) {
      const source = mutated(randomFrom(seed));
      const text = source.toString();
      const { plan, diagnostics } = readDeployment(source, {
        deploymentId: DEPLOYMENT_ID,
        now: NOW,
      });
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      expect(errors.length > 0, `${seed}: ${text}`).toBe(plan === undefined);
      expect(
        diagnostics.filter((each) => !isInside(each, text)),
        `${seed}: ${text}`,
      ).toEqual([]);
      const output = renderDiagnostics(diagnostics, { fileName: 'deploy.yaml', text });
      expect(output.replaceAll('\n', ''), String(seed)).not.toMatch(/\p{Cc}/u);
      if (plan !== undefined) expect(checkPlan(plan), String(seed)).toEqual({ plan });
    }
  });
});
