import type { Sample } from './series.js';

/** What an expression gives: one number, or one for each set of labels. */
export type Value = number | Sample[];

const NUMBERS: Partial<Record<string, (one: number, other: number) => number>> = {
  Add: (one, other) => one + other,
  Sub: (one, other) => one - other,
  Mul: (one, other) => one * other,
  Div: (one, other) => one / other,
};

const COMPARISONS: Partial<Record<string, (one: number, other: number) => boolean>> = {
  Gtr: (one, other) => one > other,
  Gte: (one, other) => one >= other,
  Lss: (one, other) => one < other,
  Lte: (one, other) => one <= other,
  EqlC: (one, other) => one === other,
  Neq: (one, other) => one !== other,
};

const SETS: Partial<Record<string, (one: Sample[], other: Sample[]) => Sample[]>> = {
  Or: (one, other) => [...one, ...other.filter((sample) => !has(one, sample))],
  And: (one, other) => one.filter((sample) => has(other, sample)),
  Unless: (one, other) => one.filter((sample) => !has(other, sample)),
};

/**
 * Both sides of an operator, put together: series with the same labels, or each with the number.
 *
 * @param operator - as the grammar calls it
 * @returns undefined when there is no such operator here, or not for two such sides
 */
export function combined(operator: string, one: Value, other: Value): Value | undefined {
  const calculate = NUMBERS[operator];
  if (calculate) return calculated(calculate, one, other);
  const holds = COMPARISONS[operator];
  if (holds) return compared(holds, one, other);
  if (typeof one === 'number' || typeof other === 'number') return undefined;
  return SETS[operator]?.(one, other);
}

function calculated(calculate: (one: number, other: number) => number, one: Value, other: Value) {
  if (typeof one !== 'number') {
    return one.flatMap((sample) => {
      const value = partnerOf(sample, other);
      return value === undefined ? [] : [{ ...sample, value: calculate(sample.value, value) }];
    });
  }
  if (typeof other === 'number') return calculate(one, other);
  return other.map((sample) => ({ ...sample, value: calculate(one, sample.value) }));
}

/** A comparison leaves out what it does not hold for. */
function compared(holds: (one: number, other: number) => boolean, one: Value, other: Value) {
  if (typeof one !== 'number') {
    return one.filter((sample) => {
      const value = partnerOf(sample, other);
      return value !== undefined && holds(sample.value, value);
    });
  }
  return typeof other === 'number' ? undefined : other.filter(({ value }) => holds(one, value));
}

function partnerOf(sample: Sample, among: Value): number | undefined {
  if (typeof among === 'number') return among;
  return among.find((candidate) => sameLabels(candidate, sample))?.value;
}

function has(samples: readonly Sample[], sample: Sample): boolean {
  return samples.some((candidate) => sameLabels(candidate, sample));
}

function sameLabels(one: Sample, other: Sample): boolean {
  return (
    one.labels.size === other.labels.size &&
    [...one.labels].every(([name, value]) => other.labels.get(name) === value)
  );
}
