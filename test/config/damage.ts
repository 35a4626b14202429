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
  '{{',
  '}}',
  '~',
  '1e9999',
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
  function exchangeValues(lines, random) {
    const [a, b] = [random(lines.length), random(lines.length)];
    const value = /: (.*)$/.exec(lines[b] ?? '')?.[1] ?? '';
    lines[a] = (lines[a] ?? '').replace(/: .*$/, () => `: ${value}`);
  },
];

/** A text with a few mistakes, the same ones for the same seed. */
export function damaged(source: string, seed: number): Uint8Array {
  const random = randomFrom(seed);
  const lines = source.split('\n');
  for (let count = random(4); count >= 0; count--)
    mutations[random(mutations.length)]?.(lines, random);
  const bytes = Buffer.from(lines.join('\n'));
  if (random(5) === 0) bytes[random(bytes.length)] = random(256);
  return bytes;
}
