import { NoNumber } from './provider.js';

/**
 * A number that can be compared with limits.
 *
 * @param who - the provider, for messages
 * @throws NoNumber `noData` for NaN, and `infinite`
 */
export function finite(value: number, who: string): number {
  if (Number.isNaN(value)) {
    throw new NoNumber('noData', `${who} gives NaN, as for a division of nothing by nothing`);
  }
  if (!Number.isFinite(value)) {
    throw new NoNumber('infinite', `${who} gives ${value}, as for a division by zero`);
  }
  return value;
}

/**
 * The mean of a series.
 *
 * @throws NoNumber `noData` when there are no values
 */
export function mean(values: readonly number[], who: string): number {
  if (values.length === 0) throw noData(who);
  return finite(values.reduce((sum, value) => sum + value, 0) / values.length, who);
}

export function noData(who: string): NoNumber {
  return new NoNumber('noData', `${who} has no data for it`);
}

/** @param remedy - how to make one number of them */
export function severalSeries(who: string, count: number, remedy: string): NoNumber {
  return new NoNumber(
    'severalSeries',
    `${who} gives ${count} series instead of one number: ${remedy}`,
  );
}
