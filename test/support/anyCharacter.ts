import fc from 'fast-check';

const SURROGATES = { from: 0xd800, count: 0x800 };

/**
 * Any character of Unicode, for texts of any characters: what `unit: 'binary'` of fast-check is, and
 * the same texts for the same seed. That one makes a table of all characters first, which takes each
 * file of tests a second.
 */
export const anyCharacter: fc.Arbitrary<string> = fc
  .nat({ max: 0x10_ffff - SURROGATES.count })
  .map(
    (index) => String.fromCodePoint(index < SURROGATES.from ? index : index + SURROGATES.count),
    indexOf,
  );

/** @throws TypeError for what is no single character, which fast-check tries too */
function indexOf(value: unknown): number {
  const characters = typeof value === 'string' ? [...value] : [];
  const point = characters[0]?.codePointAt(0);
  if (point === undefined || characters.length > 1) throw new TypeError('This is no character.');
  return point < SURROGATES.from ? point : point - SURROGATES.count;
}
